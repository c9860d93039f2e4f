package dev.handfast.examples.orders.input;

/**
 * One line of an invoice.
 *
 * @param stockCode what was sold; upper and lower case differ
 * @param description may be empty
 * @param quantity units sold, negative if they came back; never 0
 * @param unitPrice never negative
 */
public record OrderLine(String stockCode, String description, int quantity, Money unitPrice) {

  public Money amount() {
    return unitPrice.times(quantity);
  }
}
