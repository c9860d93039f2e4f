package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.branch.TransactionSessions;
import dev.handfast.xa.artemis.internal.client.ArtemisSettingsRules;
import dev.handfast.xa.artemis.internal.client.Failures;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionConsumer;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionMetaData;
import org.apache.activemq.artemis.utils.VersionLoader;
import org.jspecify.annotations.Nullable;

/** A connection of the application's. What it does in a transaction belongs to the transaction. */
final class JmsConnectionHandle implements Connection {

  private final TransactionSessions transactions;
  private final PlainConnection plain;
  private final Set<SessionHandle> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger contexts = new AtomicInteger();
  private volatile boolean closed;

  JmsConnectionHandle(TransactionSessions transactions, PlainConnection plain) {
    this.transactions = transactions;
    this.plain = plain;
  }

  TransactionSessions transactions() {
    return transactions;
  }

  PlainConnection plain() {
    return plain;
  }

  @Override
  public Session createSession(boolean transacted, int acknowledgeMode) throws JMSException {
    if (transacted) {
      return open(Session.SESSION_TRANSACTED);
    }
    // What the client does with this contradiction.
    return open(
        acknowledgeMode == Session.SESSION_TRANSACTED ? Session.AUTO_ACKNOWLEDGE : acknowledgeMode);
  }

  @Override
  public Session createSession(int sessionMode) throws JMSException {
    return open(sessionMode);
  }

  @Override
  public Session createSession() throws JMSException {
    return open(Session.AUTO_ACKNOWLEDGE);
  }

  SessionHandle open(int mode) throws JMSException {
    checkOpen();
    SessionHandle session = new SessionHandle(this, mode);
    sessions.add(session);
    return session;
  }

  void closed(SessionHandle session) {
    sessions.remove(session);
  }

  void contextOpened() {
    contexts.incrementAndGet();
  }

  /** Closes the connection with its last context. */
  void contextClosed() throws JMSException {
    if (contexts.decrementAndGet() == 0) {
      close();
    }
  }

  @Override
  public @Nullable String getClientID() throws JMSException {
    checkOpen();
    return transactions.settings().clientId();
  }

  /** Refuses it, because work in transactions does not go through this connection. */
  @Override
  public void setClientID(@Nullable String id) throws JMSException {
    checkOpen();
    throw Failures.illegal(
        transactions.settings(),
        "setClientID is refused: connections are pooled, and the sessions of transactions share"
            + " one client id",
        "set " + ArtemisSettingsRules.key(transactions.settings(), "client-id"));
  }

  @Override
  public ConnectionMetaData getMetaData() throws JMSException {
    checkOpen();
    return new ActiveMQConnectionMetaData(VersionLoader.getVersion());
  }

  @Override
  public @Nullable ExceptionListener getExceptionListener() throws JMSException {
    checkOpen();
    return plain.listener();
  }

  /**
   * Sets the listener of failures outside transactions. A failure in a transaction makes the
   * transaction fail and is not told here.
   */
  @Override
  public void setExceptionListener(@Nullable ExceptionListener listener) throws JMSException {
    checkOpen();
    plain.setListener(listener);
  }

  @Override
  public void start() throws JMSException {
    checkOpen();
    plain.start();
  }

  @Override
  public void stop() throws JMSException {
    checkOpen();
    plain.stop();
  }

  boolean isStarted() {
    return plain.isStarted();
  }

  @Override
  public void close() throws JMSException {
    if (closed) {
      return;
    }
    closed = true;
    for (SessionHandle session : List.copyOf(sessions)) {
      session.close();
    }
    plain.close();
  }

  @Override
  public ConnectionConsumer createConnectionConsumer(
      Destination destination, @Nullable String selector, ServerSessionPool pool, int maxMessages)
      throws JMSException {
    throw noConnectionConsumers();
  }

  @Override
  public ConnectionConsumer createSharedConnectionConsumer(
      Topic topic,
      String subscription,
      @Nullable String selector,
      ServerSessionPool pool,
      int maxMessages)
      throws JMSException {
    throw noConnectionConsumers();
  }

  @Override
  public ConnectionConsumer createDurableConnectionConsumer(
      Topic topic,
      String subscription,
      @Nullable String selector,
      ServerSessionPool pool,
      int maxMessages)
      throws JMSException {
    throw noConnectionConsumers();
  }

  @Override
  public ConnectionConsumer createSharedDurableConnectionConsumer(
      Topic topic,
      String subscription,
      @Nullable String selector,
      ServerSessionPool pool,
      int maxMessages)
      throws JMSException {
    throw noConnectionConsumers();
  }

  /** Makes the exception for connection consumers, which JMS creates in four ways. */
  private JMSException noConnectionConsumers() {
    return Failures.illegal(
        transactions.settings(),
        "connection consumers are for application servers and are not offered",
        "use a consumer");
  }

  private void checkOpen() throws JMSException {
    if (closed) {
      throw Failures.illegal(transactions.settings(), "the connection is closed", "open another");
    }
  }
}
