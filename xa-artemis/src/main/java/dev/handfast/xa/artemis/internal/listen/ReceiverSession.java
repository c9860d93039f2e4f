package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.internal.branch.XaSessionOwner;
import dev.handfast.xa.artemis.internal.client.ArtemisLog;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.artemis.internal.client.LastingQueues;
import dev.handfast.xa.artemis.internal.client.Mutex;
import dev.handfast.xa.artemis.internal.client.XaSession;
import jakarta.jms.JMSException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.jspecify.annotations.Nullable;

/**
 * One receiver's connection to the broker: an XA session with one consumer. A message is taken
 * outside any transaction and acknowledged in one, so that no transaction waits for a message.
 * Closing gives back, uncounted, what was taken and not acknowledged.
 */
final class ReceiverSession implements XaSessionOwner, AutoCloseable {

  private final BrokerClient client;
  private final XaSession session;
  private final ClientConsumer consumer;
  private final SimpleString queue;
  private final Mutex mutex = new Mutex();
  private final Mutex closing = new Mutex();
  private boolean working;
  private boolean stopped;

  private ReceiverSession(
      BrokerClient client, XaSession session, ClientConsumer consumer, SimpleString queue) {
    this.client = client;
    this.session = session;
    this.consumer = consumer;
    this.queue = queue;
  }

  static ReceiverSession open(BrokerClient client, LastingQueues queues, ListenerSource source)
      throws JMSException {
    XaSession session = client.openXa();
    try {
      SimpleString queue = source.queue(session, queues);
      ClientConsumer consumer = source.open(session, queue);
      session.start();
      return new ReceiverSession(client, session, consumer, queue);
    } catch (JMSException | RuntimeException e) {
      client.close(session.connection());
      throw e;
    }
  }

  XaSession session() {
    return session;
  }

  /** The broker's queue that it takes from, that of the subscription if it has one. */
  SimpleString queue() {
    return queue;
  }

  /** False once nothing more can be taken: the connection was lost, or broken off. */
  boolean isUsable() {
    return session.isAlive() && !consumer.isClosed();
  }

  /** Waits for a message; null if it was stopped or the connection was lost. */
  @Nullable ClientMessage take() throws JMSException {
    try {
      return consumer.receive();
    } catch (ActiveMQException e) {
      if (consumer.isClosed()) {
        return null;
      }
      throw Failures.caused(Failures.reason(e), e);
    }
  }

  /**
   * From now on until {@link #done} what was taken is being handled, and {@link #stop} leaves it
   * alone. False if it was stopped before: the broker has the message back.
   */
  boolean begin() {
    return mutex.call(
        () -> {
          working = !stopped;
          return working;
        });
  }

  /** The message is handled. False if it was stopped meanwhile: nothing more may be taken. */
  boolean done() {
    return mutex.call(
        () -> {
          working = false;
          return !stopped;
        });
  }

  /** Begins nothing more, from any thread; true if nothing is being handled. */
  boolean hold() {
    return mutex.call(
        () -> {
          stopped = true;
          return !working;
        });
  }

  /**
   * Ends the taking, from any thread; what is being handled goes on. Waits for the broker's answer.
   */
  void stop() {
    if (!hold()) {
      return;
    }
    try {
      closing.run(consumer::close);
    } catch (ActiveMQException e) {
      ArtemisLog.debug(client.settings().name(), "closing a consumer failed", e);
    }
  }

  /** Stays as it is: it goes on delivering. */
  @Override
  public void reset(XaSession own) {}

  /** Stays with the receiver. */
  @Override
  public void giveBack(XaSession own) {}

  @Override
  public void discard(XaSession own) {
    own.markBroken();
    client.breakOff(own.connection());
  }

  @Override
  public void close() {
    stop();
    client.close(session.connection());
  }
}
