package dev.handfast.examples.orders.input;

import java.time.LocalDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One invoice or cancellation.
 *
 * @param number six digits, with a C in front of them for a cancellation
 * @param date of its first line
 * @param customer null if the file names none
 * @param lines at least one, in the order of the file
 */
public record Invoice(
    String number,
    LocalDateTime date,
    @Nullable Integer customer,
    String country,
    List<OrderLine> lines) {

  public Invoice {
    lines = List.copyOf(lines);
  }

  public boolean isCancellation() {
    return number.startsWith("C");
  }

  public Money total() {
    return lines.stream().map(OrderLine::amount).reduce(Money.ZERO, Money::plus);
  }

  /** Units per stock code, sorted by code, so that all transactions lock stock in one order. */
  public SortedMap<String, Long> unitsByStockCode() {
    SortedMap<String, Long> units = new TreeMap<>();
    lines.forEach(line -> units.merge(line.stockCode(), (long) line.quantity(), Long::sum));
    return units;
  }
}
