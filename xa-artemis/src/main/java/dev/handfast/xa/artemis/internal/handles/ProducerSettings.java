package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.branch.OutgoingMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.jspecify.annotations.Nullable;

/** The settings that a producer gives to each message. Not safe for use by many threads. */
final class ProducerSettings {

  private static final int HIGHEST_PRIORITY = 9;

  private int deliveryMode = Message.DEFAULT_DELIVERY_MODE;
  private int priority = Message.DEFAULT_PRIORITY;
  private long timeToLive = Message.DEFAULT_TIME_TO_LIVE;
  private long deliveryDelay = Message.DEFAULT_DELIVERY_DELAY;
  private boolean disableMessageId;
  private boolean disableTimestamp;

  OutgoingMessage outgoing(
      @Nullable Destination destination, Message message, @Nullable CompletionListener listener) {
    return outgoing(destination, message, deliveryMode, priority, timeToLive, listener);
  }

  OutgoingMessage outgoing(
      @Nullable Destination destination,
      Message message,
      int mode,
      int level,
      long millis,
      @Nullable CompletionListener listener) {
    return new OutgoingMessage(
        destination,
        message,
        mode,
        level,
        millis,
        deliveryDelay,
        disableMessageId,
        disableTimestamp,
        listener);
  }

  int deliveryMode() {
    return deliveryMode;
  }

  void deliveryMode(int mode) throws JMSException {
    if (mode != DeliveryMode.PERSISTENT && mode != DeliveryMode.NON_PERSISTENT) {
      throw new JMSException("delivery mode " + mode + " is neither PERSISTENT nor NON_PERSISTENT");
    }
    deliveryMode = mode;
  }

  int priority() {
    return priority;
  }

  void priority(int level) throws JMSException {
    if (level < 0 || level > HIGHEST_PRIORITY) {
      throw new JMSException("priority " + level + " is not from 0 to " + HIGHEST_PRIORITY);
    }
    priority = level;
  }

  long timeToLive() {
    return timeToLive;
  }

  void timeToLive(long millis) {
    timeToLive = millis;
  }

  long deliveryDelay() {
    return deliveryDelay;
  }

  void deliveryDelay(long millis) {
    deliveryDelay = millis;
  }

  boolean disableMessageId() {
    return disableMessageId;
  }

  void disableMessageId(boolean disable) {
    disableMessageId = disable;
  }

  boolean disableTimestamp() {
    return disableTimestamp;
  }

  void disableTimestamp(boolean disable) {
    disableTimestamp = disable;
  }
}
