package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.Money;
import org.jspecify.annotations.Nullable;

/**
 * A shipment as it was found.
 *
 * @param id its own
 * @param event the id of the message that led to it
 * @param number of the invoice
 * @param contents what was shipped
 */
record Shipment(long id, String event, String number, Contents contents) {

  /** What a shipment says of its invoice. */
  record Contents(@Nullable Integer customer, String country, int lines, long units, Money total) {

    /** As it should be found. */
    static Contents expected(Invoice invoice) {
      return new Contents(
          invoice.customer(),
          invoice.country(),
          invoice.lines().size(),
          invoice.lines().stream().mapToLong(line -> line.quantity()).sum(),
          invoice.total());
    }
  }

  boolean isCancellation() {
    return number.startsWith("C");
  }
}
