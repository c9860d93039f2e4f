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
 * A message that is about to be sent, with the settings of its producer.
 *
 * @param destination the queue or topic that it is sent to
 * @param message what the client sends; the wrapper around a received message is taken off
 * @param deliveryMode of {@link DeliveryMode}
 * @param priority from 0 to 9
 * @param timeToLive in milliseconds; 0 for ever
 * @param deliveryDelay in milliseconds
 * @param disableMessageId whether the client may leave out the JMSMessageID
 * @param disableTimestamp whether the client may leave out the JMSTimestamp
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

  /** Describes the send, for logs and exceptions. */
  String shown() {
    return "send to " + DestinationCache.shown(destination);
  }

  /**
   * Sends the message. The producer belongs to the session and serves many senders in turn, so all
   * settings are made anew.
   */
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
