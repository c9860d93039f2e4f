package dev.handfast.examples.orders.audit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What an audit found.
 *
 * @param file what the order file adds up to
 * @param orders what the rows add up to
 * @param shipments what the shipments add up to
 * @param announced what the texts of the notifications add up to
 * @param events messages that left a trace
 * @param notifications messages in their queue
 * @param inDoubt branches that databases and broker still list
 * @param differences empty if all is well
 */
record AuditReport(
    Totals file,
    Totals orders,
    Totals shipments,
    Totals announced,
    int events,
    int notifications,
    int inDoubt,
    List<String> differences) {

  AuditReport {
    differences = List.copyOf(differences);
  }

  boolean isOk() {
    return differences.isEmpty();
  }

  /** A table of the totals and below it the differences. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("", "file", "orders", "shipments", "notifications"));
    lines.add(row("invoices", Totals::invoices));
    lines.add(row("  cancellations", Totals::cancellations));
    lines.add(row("order lines", Totals::lines));
    lines.add(row("units moved", Totals::units));
    lines.add(
        row(
            "stock codes right",
            right(file.sold(), file.sold()),
            right(file.sold(), orders.sold()),
            "-",
            right(file.sold(), announced.sold())));
    lines.add(row("customers right", totals -> right(file.balances(), totals.balances())));
    lines.add(row("money", totals -> totals.money().pounds()));
    lines.addAll(differences);
    return lines;
  }

  private String row(String what, Function<Totals, Number> figure) {
    return row(
        what,
        figure.apply(file),
        figure.apply(orders),
        figure.apply(shipments),
        figure.apply(announced));
  }

  private static String row(String what, Object... columns) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-18s", what));
    for (Object column : columns) {
      row.append(String.format(Locale.ROOT, "%14s", text(column)));
    }
    return row.toString();
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return String.format(Locale.ROOT, "%,.2f", decimal);
    }
    return value instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : value.toString();
  }

  private static <K> int right(Map<K, ?> expected, Map<K, ?> found) {
    return (int)
        expected.keySet().stream()
            .filter(key -> Objects.equals(expected.get(key), found.get(key)))
            .count();
  }
}
