package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.Money;
import dev.handfast.examples.orders.input.OrderLine;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.activemq.artemis.api.core.JsonUtil;
import org.apache.activemq.artemis.json.JsonNumber;
import org.apache.activemq.artemis.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Reads messages with a JSON parser that is not of this project. */
final class EventReader {

  private EventReader() {}

  static Event read(Message message) throws JMSException {
    String group = message.getStringProperty("JMSXGroupID");
    boolean persistent = message.getJMSDeliveryMode() == DeliveryMode.PERSISTENT;
    Entry entry = entry(message.getBody(String.class));
    String named = message.getStringProperty("invoice");
    String number = entry == null ? String.valueOf(named) : entry.invoice().number();
    return new Event(number, entry, message.getJMSPriority(), group, persistent);
  }

  private static @Nullable Entry entry(String text) {
    try {
      JsonObject json = JsonUtil.readJsonObject(text);
      Entry entry = new Entry(invoice(json), money(json.getJsonNumber("total")));
      boolean says = json.getBoolean("cancellation");
      return says == entry.invoice().isCancellation() ? entry : null;
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static Invoice invoice(JsonObject json) {
    List<OrderLine> lines =
        json.getJsonArray("lines").stream()
            .map(line -> (JsonObject) line)
            .map(EventReader::line)
            .toList();
    return new Invoice(
        json.getString("number"),
        LocalDateTime.parse(json.getString("date")),
        json.isNull("customer") ? null : json.getInt("customer"),
        json.getString("country"),
        lines);
  }

  private static OrderLine line(JsonObject json) {
    return new OrderLine(
        json.getString("stockCode"),
        json.getString("description"),
        json.getInt("quantity"),
        money(json.getJsonNumber("unitPrice")));
  }

  private static Money money(JsonNumber number) {
    return Money.of(new BigDecimal(number.toString()));
  }
}
