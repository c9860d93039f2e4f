package dev.handfast.xa.artemis;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.XAConnection;
import jakarta.jms.XAJMSContext;

/**
 * The application's handle of a broker: a connection factory whose sends and receipts join the
 * global transaction of the calling thread. Safe for use by many threads.
 *
 * <p>Creating a connection, session, context or producer costs nothing and touches no broker; what
 * decides is the thread's transaction at each send and each {@code createConsumer}:
 *
 * <ul>
 *   <li><b>In a global transaction</b> all work of that transaction goes through one XA session,
 *       however many connections and sessions are open. It is enlisted at the first send or
 *       consumer, and closing handles does not end it. {@code commit}, {@code rollback}, {@code
 *       recover}, {@code acknowledge} and completion listeners are refused, and so is all work once
 *       the transaction is marked for rollback.
 *   <li><b>Outside</b> it behaves as a plain connection factory, local transactions included, and a
 *       durable send returns when the broker has stored the message.
 * </ul>
 *
 * <p>A connection or context may be kept open across transactions. A consumer belongs to where it
 * was created: outside, or in one transaction. Connections use the credentials of the definition;
 * others are refused, and so is {@code setClientID}: the definition sets it. Browsers and temporary
 * queues are never part of a transaction: a browser shows nothing that the transaction has sent.
 */
public interface ArtemisConnections extends ConnectionFactory {

  /**
   * Begins to take messages, each in a global transaction of its own: it begins before the message
   * is acknowledged, what the body sends and does on other resources joins it, and it commits when
   * the body returns. When the body throws or the transaction cannot commit, it rolls back and the
   * message is delivered again, with a rising JMSXDeliveryCount; after the last redelivery a
   * transaction of its own moves it to the dead-letter destination.
   *
   * <p>Returns when the receivers are at work. They are daemon threads: the JVM does not live for
   * them. They reconnect when the broker was lost, stop while the runtime is drained, and end when
   * it is closed.
   *
   * @param destination the queue, or the topic of {@link ListenerOptions#subscription}
   * @throws dev.handfast.xa.config.ConfigurationException if an option is wrong, there is no
   *     dead-letter destination, or the broker would drop messages before the listener gives them
   *     up; nothing is taken
   * @throws jakarta.jms.JMSRuntimeException if the broker cannot be reached; nothing is taken
   * @throws IllegalStateException if the runtime is closed
   */
  Listener listen(String destination, ListenerOptions options, MessageBody body);

  /**
   * Refused, with the reason: a session driven by the application has no place in recovery. This is
   * no {@link jakarta.jms.XAConnectionFactory} on purpose, so that frameworks which look for one
   * use it as it is.
   */
  XAConnection createXAConnection() throws JMSException;

  /** Refused as {@link #createXAConnection()} is. */
  XAJMSContext createXAContext();
}
