package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.Money;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What invoices, or shipments of invoices, add up to.
 *
 * @param units on all lines
 * @param sold units per stock code
 * @param balances per customer
 */
record Totals(
    int invoices,
    int cancellations,
    int lines,
    long units,
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
    long units = sold.values().stream().mapToLong(Long::longValue).sum();
    return new Totals(invoices.size(), cancellations, lines, units, money, sold, balances);
  }

  /** Shipments do not say what was in them. */
  static Totals ofShipments(Collection<Shipment> shipments) {
    Map<Integer, Money> balances = new TreeMap<>();
    Money money = Money.ZERO;
    int cancellations = 0;
    int lines = 0;
    long units = 0;
    for (Shipment shipment : shipments) {
      Shipment.Contents contents = shipment.contents();
      cancellations += shipment.isCancellation() ? 1 : 0;
      lines += contents.lines();
      units += contents.units();
      money = money.plus(contents.total());
      if (contents.customer() != null) {
        balances.merge(contents.customer(), contents.total(), Money::plus);
      }
    }
    return new Totals(shipments.size(), cancellations, lines, units, money, Map.of(), balances);
  }

  /** The same with other sums, which were kept apart from the invoices. */
  Totals with(Map<String, Long> otherSold, Map<Integer, Money> otherBalances) {
    long otherUnits = otherSold.values().stream().mapToLong(Long::longValue).sum();
    return new Totals(invoices, cancellations, lines, otherUnits, money, otherSold, otherBalances);
  }
}
