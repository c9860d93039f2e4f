package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.DeadLetter;
import dev.handfast.xa.artemis.internal.branch.TransactionSession;
import dev.handfast.xa.artemis.internal.client.LastingQueues;
import jakarta.jms.JMSException;
import java.time.Instant;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.apache.activemq.artemis.utils.AutoCreateUtil;

/** Sends messages that a listener gave up to its dead-letter queue. */
final class DeadLetterSender {

  private static final int LONGEST_EXCEPTION = 2_000;

  private final LastingQueues queues;
  private final String origin;
  private final String queue;
  private final int limit;

  /**
   * @param queues makes sure that the dead-letter queue outlives the branch
   * @param origin the queue or topic that the messages were taken from
   * @param queue the dead-letter queue
   * @param limit the most redeliveries, for the reason that a message carries
   */
  DeadLetterSender(LastingQueues queues, String origin, String queue, int limit) {
    this.queues = queues;
    this.origin = origin;
    this.queue = queue;
    this.limit = limit;
  }

  String queue() {
    return queue;
  }

  /**
   * Sends a message in the transaction's branch.
   *
   * @param from the broker's queue that the message was taken from
   * @param exception what the body threw at the last delivery, in words
   */
  void send(TransactionSession session, SimpleString from, ClientMessage message, String exception)
      throws JMSException {
    describe(message, from, exception);
    session.inBranch(
        jms -> {
          try {
            send(jms.getCoreSession(), message);
            return true;
          } catch (ActiveMQException e) {
            throw JMSExceptionHelper.convertFromActiveMQException(e);
          }
        });
  }

  /**
   * Makes the queue first if it is not there: an address without a queue drops what is sent to it.
   */
  private void send(ClientSession session, ClientMessage message)
      throws ActiveMQException, JMSException {
    SimpleString address = SimpleString.of(queue);
    SimpleString reached = queues.reachedNow(session, address);
    AutoCreateUtil.autoCreateQueue(session, address, null);
    message.setAddress(reached);
    message.setRoutingType(session.queueQuery(address).getRoutingType());
    try (ClientProducer producer = session.createProducer(reached)) {
      producer.send(message);
    }
  }

  private void describe(ClientMessage message, SimpleString from, String exception) {
    int deliveries = message.getDeliveryCount() - 1;
    put(
        message,
        DeadLetter.REASON,
        deliveries + " deliveries did not commit; the limit is " + limit + " redeliveries");
    put(message, DeadLetter.EXCEPTION, shortened(exception));
    put(message, DeadLetter.ORIGINAL_DESTINATION, origin);
    put(message, DeadLetter.ORIGINAL_MESSAGE_ID, MessageDescription.of(message).id());
    put(message, DeadLetter.TIME, Instant.now().toString());
    message.putIntProperty(SimpleString.of(DeadLetter.DELIVERIES), deliveries);
    message.putStringProperty(Message.HDR_ORIGINAL_ADDRESS, message.getAddressSimpleString());
    message.putStringProperty(Message.HDR_ORIGINAL_QUEUE, from);
    RoutingType routing = message.getRoutingType();
    if (routing != null) {
      message.putByteProperty(Message.HDR_ORIG_ROUTING_TYPE, routing.getType());
    }
    message.putLongProperty(Message.HDR_ORIG_MESSAGE_ID, message.getMessageID());
    message.removeProperty(Message.HDR_DUPLICATE_DETECTION_ID);
    message.removeProperty(Message.HDR_SCHEDULED_DELIVERY_TIME);
    message.setExpiration(0);
  }

  private static void put(ClientMessage message, String name, String value) {
    message.putStringProperty(SimpleString.of(name), SimpleString.of(value));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_EXCEPTION ? text : text.substring(0, LONGEST_EXCEPTION) + "…";
  }
}
