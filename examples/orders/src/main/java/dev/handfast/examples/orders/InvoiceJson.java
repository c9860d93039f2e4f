package dev.handfast.examples.orders;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.OrderLine;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An invoice as JSON; amounts are numbers with two decimal places. */
final class InvoiceJson {

  private final StringBuilder json = new StringBuilder();

  private InvoiceJson() {}

  static String of(Invoice invoice) {
    return new InvoiceJson().invoice(invoice);
  }

  private String invoice(Invoice invoice) {
    json.append('{');
    string("number", invoice.number()).append(',');
    raw("cancellation", invoice.isCancellation()).append(',');
    string("date", invoice.date().toString()).append(',');
    raw("customer", invoice.customer()).append(',');
    string("country", invoice.country()).append(",\"lines\":[");
    for (OrderLine line : invoice.lines()) {
      line(line);
      json.append(',');
    }
    json.setLength(json.length() - 1);
    json.append("],");
    return raw("total", invoice.total()).append('}').toString();
  }

  private void line(OrderLine line) {
    json.append('{');
    string("stockCode", line.stockCode()).append(',');
    string("description", line.description()).append(',');
    raw("quantity", line.quantity()).append(',');
    raw("unitPrice", line.unitPrice()).append('}');
  }

  private StringBuilder raw(String name, @Nullable Object value) {
    return json.append('"').append(name).append("\":").append(value);
  }

  private StringBuilder string(String name, String value) {
    json.append('"').append(name).append("\":\"");
    value.chars().forEach(c -> escaped((char) c));
    return json.append('"');
  }

  private void escaped(char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < ' ') {
      json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    } else {
      json.append(c);
    }
  }
}
