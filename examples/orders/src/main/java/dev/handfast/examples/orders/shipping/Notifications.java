package dev.handfast.examples.orders.shipping;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import java.util.Locale;

/** What a shipment says to the world. Knows nothing of transactions. */
final class Notifications {

  private Notifications() {}

  /** Sends which event led to which shipment, and what the event carried. */
  static void send(JMSContext context, InvoiceEvent event, long shipment) {
    JMSProducer producer =
        context
            .createProducer()
            .setDeliveryMode(DeliveryMode.PERSISTENT)
            .setPriority(event.priority())
            .setProperty("invoice", event.number());
    if (event.group() != null) {
      producer.setProperty("JMSXGroupID", event.group());
    }
    String text =
        String.format(
            Locale.ROOT,
            "{\"event\":\"%s\",\"shipment\":%d,\"invoice\":%s}",
            event.id(),
            shipment,
            event.text());
    producer.send(context.createQueue(ShippingApplication.NOTIFICATIONS), text);
  }
}
