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
final class MessageReader {

  private MessageReader() {}

  static Letter letter(Message message) throws JMSException {
    return new Letter(message.getJMSMessageID(), number(message));
  }

  static Notification notification(Message message) throws JMSException {
    String event = "";
    long shipment = -1;
    Entry entry = null;
    try {
      JsonObject json = JsonUtil.readJsonObject(message.getBody(String.class));
      event = json.getString("event");
      shipment = json.getJsonNumber("shipment").longValue();
      entry = entry(json.getJsonObject("invoice"));
    } catch (RuntimeException e) {
      // what could not be read differs from what is expected
    }
    return new Notification(
        event,
        shipment,
        entry == null ? number(message) : entry.invoice().number(),
        entry,
        message.getJMSPriority(),
        message.getStringProperty("JMSXGroupID"),
        message.getJMSDeliveryMode() == DeliveryMode.PERSISTENT);
  }

  private static String number(Message message) throws JMSException {
    return String.valueOf(message.getStringProperty("invoice"));
  }

  private static @Nullable Entry entry(JsonObject json) {
    Entry entry = new Entry(invoice(json), money(json.getJsonNumber("total")));
    boolean says = json.getBoolean("cancellation");
    return says == entry.invoice().isCancellation() ? entry : null;
  }

  private static Invoice invoice(JsonObject json) {
    List<OrderLine> lines =
        json.getJsonArray("lines").stream()
            .map(line -> (JsonObject) line)
            .map(MessageReader::line)
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
