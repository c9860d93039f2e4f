package dev.handfast.examples.orders.shipping;

import dev.handfast.examples.orders.input.Money;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.math.BigDecimal;
import org.apache.activemq.artemis.api.core.JsonUtil;
import org.apache.activemq.artemis.json.JsonArray;
import org.apache.activemq.artemis.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What is shipped: an invoice, as a message tells of it.
 *
 * @param id of the message
 * @param number of the invoice
 * @param customer null if it names none
 * @param lines how many it has
 * @param units on all lines
 * @param text of the message
 * @param priority of the message
 * @param group of the message, or null
 */
record InvoiceEvent(
    String id,
    String number,
    @Nullable Integer customer,
    String country,
    int lines,
    long units,
    Money total,
    String text,
    int priority,
    @Nullable String group) {

  static InvoiceEvent of(Message message) throws JMSException {
    String text = message.getBody(String.class);
    JsonObject json = JsonUtil.readJsonObject(text);
    JsonArray lines = json.getJsonArray("lines");
    return new InvoiceEvent(
        message.getJMSMessageID(),
        json.getString("number"),
        json.isNull("customer") ? null : json.getInt("customer"),
        json.getString("country"),
        lines.size(),
        lines.stream().mapToLong(line -> ((JsonObject) line).getInt("quantity")).sum(),
        Money.of(new BigDecimal(json.getJsonNumber("total").toString())),
        text,
        message.getJMSPriority(),
        message.getStringProperty("JMSXGroupID"));
  }
}
