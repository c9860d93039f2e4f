package dev.handfast.xa.artemis.internal.branch;

import dev.handfast.xa.artemis.internal.client.DestinationCache;
import jakarta.jms.CompletionListener;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to the broker, with what its producer was told.
 *
 * @param destination where it goes
 * @param message the client's own, also where the application sends on what it received
 * @param deliveryMode of {@link DeliveryMode}
 * @param priority from 0 to 9
 * @param timeToLive in milliseconds; 0 for ever
 * @param deliveryDelay in milliseconds
 * @param disableMessageId whether the message needs no id
 * @param disableTimestamp whether the message needs no time of sending
 * @param listener that is told when the broker has the message, or null
 */
public record OutgoingMessage(
    @Nullable Destination destination,
    @Nullable Message message,
    int deliveryMode,
    int priority,
    long timeToLive,
    long deliveryDelay,
    boolean disableMessageId,
    boolean disableTimestamp,
    @Nullable CompletionListener listener) {

  public OutgoingMessage {
    message = ReceivedMessage.unwrap(message);
  }

  public boolean isPersistent() {
    return deliveryMode != DeliveryMode.NON_PERSISTENT;
  }

  /** For a message about what was done. */
  String shown() {
    return "send to " + DestinationCache.shown(destination);
  }

  /** Sends it with a producer that is shared by all who use its session, one after the other. */
  public void sendBy(MessageProducer producer) throws JMSException {
    producer.setDisableMessageID(disableMessageId);
    producer.setDisableMessageTimestamp(disableTimestamp);
    producer.setDeliveryDelay(deliveryDelay);
    if (listener == null) {
      producer.send(destination, message, deliveryMode, priority, timeToLive);
    } else {
      producer.send(destination, message, deliveryMode, priority, timeToLive, listener);
    }
  }
}
