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
 * @param database what the rows add up to
 * @param queue what the texts of the events add up to
 * @param events messages in the queue
 * @param inDoubt branches that database and broker still list
 * @param differences empty if all is well
 */
record AuditReport(
    Totals file, Totals database, Totals queue, int events, int inDoubt, List<String> differences) {

  AuditReport {
    differences = List.copyOf(differences);
  }

  boolean isOk() {
    return differences.isEmpty();
  }

  /** A table of the totals and below it the differences. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("", "file", "database", "queue"));
    lines.add(row("invoices", Totals::invoices));
    lines.add(row("  cancellations", Totals::cancellations));
    lines.add(row("order lines", Totals::lines));
    lines.add(row("units moved", Totals::units));
    lines.add(row("stock codes right", totals -> right(file.sold(), totals.sold())));
    lines.add(row("customers right", totals -> right(file.balances(), totals.balances())));
    lines.add(row("money", totals -> totals.money().pounds()));
    lines.addAll(differences);
    return lines;
  }

  private String row(String what, Function<Totals, Number> figure) {
    return row(what, text(figure, file), text(figure, database), text(figure, queue));
  }

  private static String row(String what, String file, String database, String queue) {
    return String.format(Locale.ROOT, "%-18s%14s%14s%14s", what, file, database, queue);
  }

  private static String text(Function<Totals, Number> figure, Totals totals) {
    Number value = figure.apply(totals);
    return value instanceof BigDecimal decimal
        ? String.format(Locale.ROOT, "%,.2f", decimal)
        : String.format(Locale.ROOT, "%,d", value.longValue());
  }

  private static <K> int right(Map<K, ?> expected, Map<K, ?> found) {
    return (int)
        expected.keySet().stream()
            .filter(key -> Objects.equals(expected.get(key), found.get(key)))
            .count();
  }
}
