package dev.handfast.examples.orders.input;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount.
 *
 * @param pence may be negative
 */
public record Money(long pence) implements Comparable<Money> {

  public static final Money ZERO = new Money(0);

  /**
   * The amount of a decimal.
   *
   * @throws ArithmeticException if it has more than two decimal places other than 0, or is too
   *     large
   */
  public static Money of(BigDecimal pounds) {
    return new Money(pounds.setScale(2, RoundingMode.UNNECESSARY).unscaledValue().longValueExact());
  }

  public BigDecimal pounds() {
    return BigDecimal.valueOf(pence, 2);
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(pence, other.pence));
  }

  public Money times(long factor) {
    return new Money(Math.multiplyExact(pence, factor));
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(pence, other.pence);
  }

  /** As a plain decimal with two places, {@code -2.55}. */
  @Override
  public String toString() {
    return pounds().toPlainString();
  }
}
