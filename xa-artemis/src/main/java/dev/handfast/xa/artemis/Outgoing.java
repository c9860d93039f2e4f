package dev.handfast.xa.artemis;

import jakarta.jms.CompletionListener;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import org.jspecify.annotations.Nullable;

/** One message on its way, with all that its producer was told. */
record Outgoing(
    @Nullable Destination destination,
    @Nullable Message message,
    ProducerSettings settings,
    int deliveryMode,
    int priority,
    long timeToLive,
    @Nullable CompletionListener listener) {

  Outgoing {
    message = ReceivedMessage.unwrap(message);
  }

  boolean isPersistent() {
    return deliveryMode != DeliveryMode.NON_PERSISTENT;
  }

  /** For a message about what was done. */
  String shown() {
    return "send to " + Destinations.shown(destination);
  }

  /** Sends it with a producer that is shared by all who use its session, one after the other. */
  void sendBy(MessageProducer producer) throws JMSException {
    producer.setDisableMessageID(settings.disableMessageId());
    producer.setDisableMessageTimestamp(settings.disableTimestamp());
    producer.setDeliveryDelay(settings.deliveryDelay());
    if (listener == null) {
      producer.send(destination, message, deliveryMode, priority, timeToLive);
    } else {
      producer.send(destination, message, deliveryMode, priority, timeToLive, listener);
    }
  }
}
