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

  /** Returns the broker's queue that is taken from, which may be that of a subscription. */
  SimpleString queue() {
    return queue;
  }

  /** Returns false once the connection was lost or broken off and nothing can be taken. */
  boolean isUsable() {
    return session.isAlive() && !consumer.isClosed();
  }

  /** Waits for a message. Returns null if the session was stopped or its connection lost. */
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
   * Begins to handle the message that was taken. Until {@link #done}, {@link #stop} leaves it
   * alone.
   *
   * @return false if the session was stopped before, so that the broker has the message back
   */
  boolean begin() {
    return mutex.call(
        () -> {
          working = !stopped;
          return working;
        });
  }

  /** Ends what {@link #begin} began. Returns false if the session was stopped meanwhile. */
  boolean done() {
    return mutex.call(
        () -> {
          working = false;
          return !stopped;
        });
  }

  /**
   * Keeps another message from being begun, from any thread.
   *
   * @return whether no message is being handled
   */
  boolean hold() {
    return mutex.call(
        () -> {
          stopped = true;
          return !working;
        });
  }

  /**
   * Ends the taking, from any thread, and waits for the broker's answer. A message that is being
   * handled is left alone, and then the broker is not asked.
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

  /** Does nothing, because the session goes on delivering to its receiver. */
  @Override
  public void reset(XaSession own) {}

  /** Does nothing, because the session stays with its receiver. */
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
