package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.Money;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What invoices add up to.
 *
 * @param sold units per stock code
 * @param balances per customer
 */
record Totals(
    int invoices,
    int cancellations,
    int lines,
    Money money,
    Map<String, Long> sold,
    Map<Integer, Money> balances) {

  static Totals of(Collection<Invoice> invoices) {
    Map<String, Long> sold = new TreeMap<>();
    Map<Integer, Money> balances = new TreeMap<>();
    Money money = Money.ZERO;
    int lines = 0;
    int cancellations = 0;
    for (Invoice invoice : invoices) {
      lines += invoice.lines().size();
      cancellations += invoice.isCancellation() ? 1 : 0;
      money = money.plus(invoice.total());
      invoice.unitsByStockCode().forEach((code, units) -> sold.merge(code, units, Long::sum));
      if (invoice.customer() != null) {
        balances.merge(invoice.customer(), invoice.total(), Money::plus);
      }
    }
    return new Totals(invoices.size(), cancellations, lines, money, sold, balances);
  }

  /** The same with other sums, which were kept apart from the invoices. */
  Totals with(Map<String, Long> otherSold, Map<Integer, Money> otherBalances) {
    return new Totals(invoices, cancellations, lines, money, otherSold, otherBalances);
  }

  long units() {
    return sold.values().stream().mapToLong(Long::longValue).sum();
  }
}
