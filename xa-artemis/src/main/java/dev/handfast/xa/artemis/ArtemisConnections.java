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
   * Refused, with the reason: a session driven by the application has no place in recovery. This is
   * no {@link jakarta.jms.XAConnectionFactory} on purpose, so that frameworks which look for one
   * use it as it is.
   */
  XAConnection createXAConnection() throws JMSException;

  /** Refused as {@link #createXAConnection()} is. */
  XAJMSContext createXAContext();
}
