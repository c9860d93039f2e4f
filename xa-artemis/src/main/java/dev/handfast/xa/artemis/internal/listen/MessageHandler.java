package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.artemis.MessageBody;
import dev.handfast.xa.artemis.internal.branch.ReceivedMessage;
import dev.handfast.xa.artemis.internal.branch.TransactionSession;
import dev.handfast.xa.artemis.internal.branch.TransactionSessions;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.spi.ResourceContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TransactionRolledBackException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.jboss.logging.MDC;

/**
 * Handles one message that a receiver took: gives it to the listener's body, or moves it to the
 * dead-letter queue after too many deliveries.
 */
final class MessageHandler {

  private static final String GTRID = "handfast.gtrid";
  private static final String WITHOUT_EFFECT = "the body ended its transaction without effect";

  private final String listener;
  private final ListenerOptions options;
  private final int deliveries;
  private final MessageBody body;
  private final BrokerClient client;
  private final ResourceContext context;
  private final TransactionSessions transactions;
  private final DeadLetterSender deadLetters;
  private final FailedDeliveries failures = new FailedDeliveries();

  MessageHandler(
      String listener,
      ListenerOptions options,
      MessageBody body,
      BrokerClient client,
      ResourceContext context,
      TransactionSessions transactions,
      DeadLetterSender deadLetters) {
    this.listener = listener;
    this.options = options;
    this.deliveries = options.redeliveryLimit() + 1;
    this.body = body;
    this.client = client;
    this.context = context;
    this.transactions = transactions;
    this.deadLetters = deadLetters;
  }

  /**
   * Handles a message in a transaction of its own.
   *
   * @return false if nothing was done with the message through no fault of its own, so that the
   *     receiver gives it back and takes it again later
   */
  boolean handle(ReceiverSession session, ClientMessage message, DeliveryAttempt attempt) {
    MessageDescription shown = MessageDescription.of(message);
    return message.getDeliveryCount() > deliveries
        ? giveUp(session, message, shown, attempt)
        : deliver(session, message, shown, attempt);
  }

  /**
   * Gives a message to the body.
   *
   * @param shown describes the message as it came; a body that sends it on gives it another id
   */
  private boolean deliver(
      ReceiverSession session,
      ClientMessage message,
      MessageDescription shown,
      DeliveryAttempt attempt) {
    try {
      context.<Exception>transaction(
          options.transactionTimeout(),
          transaction -> {
            attempt.began(transaction);
            acknowledge(session, message, attempt);
            attempt.handed();
            body.onMessage(received(session, message));
          });
      if (attempt.isRolledBack()) {
        throw new TransactionRolledBackException(WITHOUT_EFFECT);
      }
      failures.take(message.getMessageID());
      return true;
    } catch (Throwable e) {
      MDC.put(GTRID, attempt.gtrid());
      return failed(message, shown, attempt, e);
    } finally {
      MDC.remove(GTRID);
    }
  }

  private boolean failed(
      ClientMessage message, MessageDescription shown, DeliveryAttempt attempt, Throwable failure) {
    if (!attempt.wasHanded()) {
      ListenerLog.notBegun(listener, shown, Failures.reason(failure));
      return false;
    }
    FailedDelivery delivery =
        new FailedDelivery(Failures.shown(failure), attempt.gtrid(), attempt.lastDone());
    failures.note(message.getMessageID(), delivery);
    ListenerLog.redelivered(listener, shown, deliveries, delivery, failure);
    return true;
  }

  private void acknowledge(ReceiverSession session, ClientMessage message, DeliveryAttempt attempt)
      throws JMSException {
    TransactionSession joined =
        transactions.join(attempt.transaction(), session.session(), session);
    attempt.joined(joined);
    joined.acknowledge(message);
  }

  private Message received(ReceiverSession session, ClientMessage message) throws JMSException {
    try {
      ActiveMQMessage received =
          ActiveMQMessage.createMessage(message, session.session().core(), client.factory());
      received.doBeforeReceive();
      return ReceivedMessage.of(transactions, received, true);
    } catch (ActiveMQException e) {
      throw JMSExceptionHelper.convertFromActiveMQException(e);
    }
  }

  private boolean giveUp(
      ReceiverSession session,
      ClientMessage message,
      MessageDescription shown,
      DeliveryAttempt attempt) {
    FailedDelivery last = failures.take(message.getMessageID());
    try {
      context.<Exception>transaction(
          null,
          transaction -> {
            attempt.began(transaction);
            acknowledge(session, message, attempt);
            deadLetters.send(attempt.session(), session.queue(), message, last.exception());
          });
      ListenerLog.givenUp(listener, shown, deliveries, deadLetters.queue(), attempt.gtrid(), last);
      return true;
    } catch (Throwable e) {
      failures.note(message.getMessageID(), last);
      ListenerLog.notGivenUp(listener, shown, deadLetters.queue(), attempt.gtrid(), e);
      return false;
    }
  }
}
