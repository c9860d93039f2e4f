package dev.handfast.examples.orders;

import dev.handfast.examples.orders.input.Invoice;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;

/** What an invoice says to the world: one persistent message. Knows nothing of transactions. */
final class InvoiceEvents {

  static final String QUEUE = "orders.events";

  private static final int URGENT = 8;
  private static final int NORMAL = 4;

  private InvoiceEvents() {}

  /** Sends the event; a customer's events are one message group, so that they stay in order. */
  static void send(JMSContext context, Invoice invoice) {
    JMSProducer producer =
        context
            .createProducer()
            .setDeliveryMode(DeliveryMode.PERSISTENT)
            .setPriority(invoice.isCancellation() ? URGENT : NORMAL)
            .setProperty("invoice", invoice.number());
    if (invoice.customer() != null) {
      producer.setProperty("JMSXGroupID", invoice.customer().toString());
    }
    producer.send(context.createQueue(QUEUE), InvoiceJson.of(invoice));
  }
}
