package dev.handfast.examples.orders.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts good lines together into invoices and keeps the bad ones aside. */
final class InvoiceCollector {

  private final String file;
  private final Map<String, ParsedLine> firstLines = new LinkedHashMap<>();
  private final Map<String, List<OrderLine>> linesByInvoice = new LinkedHashMap<>();
  private final List<BadLine> bad = new ArrayList<>();

  InvoiceCollector(String file) {
    this.file = file;
  }

  void add(int number, String text) {
    try {
      ParsedLine line = LineParser.parse(file, number, text);
      ParsedLine first = firstLines.getOrDefault(line.invoice(), line);
      requireSame(line, first);
      firstLines.putIfAbsent(line.invoice(), line);
      linesByInvoice.computeIfAbsent(line.invoice(), n -> new ArrayList<>()).add(line.line());
    } catch (BadLineException e) {
      bad.add(e.line());
    }
  }

  OrderFile file() {
    List<Invoice> invoices =
        firstLines.values().stream()
            .map(
                first ->
                    new Invoice(
                        first.invoice(),
                        first.date(),
                        first.customer(),
                        first.country(),
                        linesByInvoice.getOrDefault(first.invoice(), List.of())))
            .toList();
    return new OrderFile(invoices, bad);
  }

  private void requireSame(ParsedLine line, ParsedLine first) throws BadLineException {
    String where = " as on line " + first.position() + " of the same invoice";
    if (!Objects.equals(line.customer(), first.customer())) {
      String found = line.customer() == null ? "" : line.customer().toString();
      String rule = (first.customer() == null ? "empty" : first.customer()) + "," + where;
      throw bad(line, Column.CUSTOMER_ID, found, rule);
    }
    if (!line.country().equals(first.country())) {
      throw bad(line, Column.COUNTRY, line.country(), first.country() + "," + where);
    }
  }

  private BadLineException bad(ParsedLine line, Column column, String value, String rule) {
    return new BadLineException(new BadLine(file, line.position(), column.place(), value, rule));
  }
}
