package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.Money;

/**
 * An invoice as it was found somewhere.
 *
 * @param total as it was found, not computed
 */
record Entry(Invoice invoice, Money total) {

  /** As it should be found. */
  static Entry expected(Invoice invoice) {
    return new Entry(invoice, invoice.total());
  }
}
