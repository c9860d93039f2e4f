package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.branch.OutgoingMessage;
import dev.handfast.xa.artemis.internal.branch.TransactionSession;
import dev.handfast.xa.artemis.internal.branch.TransactionSessions;
import dev.handfast.xa.artemis.internal.client.ArtemisSettingsRules;
import dev.handfast.xa.artemis.internal.client.Failures;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.jspecify.annotations.Nullable;

/**
 * A session of the application's. Each call goes to the XA session of the thread's transaction, or
 * outside one to a session of its own. Not safe for use by many threads.
 */
final class SessionHandle implements Session {

  private static final String ENDS = "the transaction alone decides";
  private static final String END_MEND =
      "end the global transaction instead, or do this outside one";

  private final JmsConnectionHandle connection;
  private final TransactionSessions transactions;
  private final int mode;
  private final PlainSession plain;
  private final Set<ConsumerHandle> consumers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  SessionHandle(JmsConnectionHandle connection, int mode) {
    this.connection = connection;
    this.transactions = connection.transactions();
    this.mode = mode;
    this.plain = new PlainSession(transactions.settings(), connection.plain(), mode);
  }

  JmsConnectionHandle connection() {
    return connection;
  }

  TransactionSessions transactions() {
    return transactions;
  }

  /** Returns whether the application itself acknowledges what it receives outside transactions. */
  boolean acknowledgesByHand() {
    return mode == CLIENT_ACKNOWLEDGE || mode == ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE;
  }

  /** Does work that needs no branch, on the transaction's session or that of its own. */
  private <T extends @Nullable Object> T aside(TransactionSession.Work<T> work)
      throws JMSException {
    checkOpen();
    TransactionSession session = transactions.current();
    return session == null ? work.on(plain.session()) : session.aside(work);
  }

  void send(OutgoingMessage message) throws JMSException {
    checkOpen();
    TransactionSession session = transactions.current();
    if (session == null) {
      plain.send(message);
      return;
    }
    if (message.listener() != null) {
      throw Failures.notInTransaction(
          transactions.settings(),
          "a completion listener",
          "a message is sent when the transaction commits",
          "send without one");
    }
    if (!message.isPersistent() && !transactions.settings().allowNonPersistent()) {
      throw Failures.notInTransaction(
          transactions.settings(),
          "a non-persistent message",
          "a broker that restarts between prepare and commit loses it and answers the commit with OK",
          "send it persistent, or outside the transaction, or set "
              + ArtemisSettingsRules.key(transactions.settings(), "allow-non-persistent")
              + "=true");
    }
    session.send(message);
  }

  /**
   * Opens a consumer in the transaction or outside. JMS has one method for each kind of consumer;
   * they differ in the call of the client's session alone.
   */
  private ConsumerHandle consume(
      @Nullable Destination destination, TransactionSession.Work<MessageConsumer> maker)
      throws JMSException {
    checkOpen();
    TransactionSession session = transactions.current();
    if (session == null) {
      MessageConsumer real = maker.on(plain.session());
      plain.markHolding();
      return opened(new ConsumerHandle(this, null, real));
    }
    if (destination instanceof TemporaryQueue || destination instanceof TemporaryTopic) {
      throw Failures.notInTransaction(
          transactions.settings(),
          "a consumer of a temporary destination",
          "the request leaves only when the transaction commits, so no reply can come before",
          "commit first and receive the reply outside");
    }
    return opened(new ConsumerHandle(this, session, session.consumer(destination, maker)));
  }

  private ConsumerHandle opened(ConsumerHandle consumer) {
    consumers.add(consumer);
    return consumer;
  }

  void closed(ConsumerHandle consumer) {
    consumers.remove(consumer);
  }

  @Override
  public MessageProducer createProducer(@Nullable Destination destination) throws JMSException {
    checkOpen();
    return new ProducerHandle(this, destination);
  }

  @Override
  public MessageConsumer createConsumer(Destination destination) throws JMSException {
    return consume(destination, session -> session.createConsumer(destination));
  }

  @Override
  public MessageConsumer createConsumer(Destination destination, @Nullable String selector)
      throws JMSException {
    return consume(destination, session -> session.createConsumer(destination, selector));
  }

  @Override
  public MessageConsumer createConsumer(
      Destination destination, @Nullable String selector, boolean noLocal) throws JMSException {
    return consume(destination, session -> session.createConsumer(destination, selector, noLocal));
  }

  @Override
  public MessageConsumer createSharedConsumer(Topic topic, String name) throws JMSException {
    return consume(topic, session -> session.createSharedConsumer(topic, name));
  }

  @Override
  public MessageConsumer createSharedConsumer(Topic topic, String name, @Nullable String selector)
      throws JMSException {
    return consume(topic, session -> session.createSharedConsumer(topic, name, selector));
  }

  @Override
  public TopicSubscriber createDurableSubscriber(Topic topic, String name) throws JMSException {
    return consume(topic, session -> session.createDurableSubscriber(topic, name));
  }

  @Override
  public TopicSubscriber createDurableSubscriber(
      Topic topic, String name, @Nullable String selector, boolean noLocal) throws JMSException {
    return consume(
        topic, session -> session.createDurableSubscriber(topic, name, selector, noLocal));
  }

  @Override
  public MessageConsumer createDurableConsumer(Topic topic, String name) throws JMSException {
    return consume(topic, session -> session.createDurableConsumer(topic, name));
  }

  @Override
  public MessageConsumer createDurableConsumer(
      Topic topic, String name, @Nullable String selector, boolean noLocal) throws JMSException {
    return consume(topic, session -> session.createDurableConsumer(topic, name, selector, noLocal));
  }

  @Override
  public MessageConsumer createSharedDurableConsumer(Topic topic, String name) throws JMSException {
    return consume(topic, session -> session.createSharedDurableConsumer(topic, name));
  }

  @Override
  public MessageConsumer createSharedDurableConsumer(
      Topic topic, String name, @Nullable String selector) throws JMSException {
    return consume(topic, session -> session.createSharedDurableConsumer(topic, name, selector));
  }

  @Override
  public BytesMessage createBytesMessage() throws JMSException {
    return aside(ActiveMQSession::createBytesMessage);
  }

  @Override
  public MapMessage createMapMessage() throws JMSException {
    return aside(ActiveMQSession::createMapMessage);
  }

  @Override
  public Message createMessage() throws JMSException {
    return aside(ActiveMQSession::createMessage);
  }

  @Override
  public ObjectMessage createObjectMessage() throws JMSException {
    checkObjectMessages();
    return aside(ActiveMQSession::createObjectMessage);
  }

  @Override
  public ObjectMessage createObjectMessage(@Nullable Serializable object) throws JMSException {
    checkObjectMessages();
    return aside(session -> session.createObjectMessage(object));
  }

  private void checkObjectMessages() throws JMSException {
    if (!transactions.settings().allowObjectMessages()) {
      throw Failures.objectMessage(transactions.settings(), "none is made");
    }
  }

  @Override
  public StreamMessage createStreamMessage() throws JMSException {
    return aside(ActiveMQSession::createStreamMessage);
  }

  @Override
  public TextMessage createTextMessage() throws JMSException {
    return aside(ActiveMQSession::createTextMessage);
  }

  @Override
  public TextMessage createTextMessage(@Nullable String text) throws JMSException {
    return aside(session -> session.createTextMessage(text));
  }

  @Override
  public Queue createQueue(String name) throws JMSException {
    checkOpen();
    return transactions
        .destinations()
        .queue(name, () -> aside(session -> session.createQueue(name)));
  }

  @Override
  public Topic createTopic(String name) throws JMSException {
    checkOpen();
    return transactions
        .destinations()
        .topic(name, () -> aside(session -> session.createTopic(name)));
  }

  /** Opens a browser, which is never part of a transaction. */
  @Override
  public QueueBrowser createBrowser(Queue queue) throws JMSException {
    checkOpen();
    return new BrowserHandle(transactions, plain.session().createBrowser(queue));
  }

  /** Opens a browser, which is never part of a transaction. */
  @Override
  public QueueBrowser createBrowser(Queue queue, @Nullable String selector) throws JMSException {
    checkOpen();
    return new BrowserHandle(transactions, plain.session().createBrowser(queue, selector));
  }

  /** Makes a queue that is never part of a transaction and lives as long as the connection. */
  @Override
  public TemporaryQueue createTemporaryQueue() throws JMSException {
    checkOpen();
    connection.plain().markUnclean();
    return plain.session().createTemporaryQueue();
  }

  /** Makes a topic that is never part of a transaction and lives as long as the connection. */
  @Override
  public TemporaryTopic createTemporaryTopic() throws JMSException {
    checkOpen();
    connection.plain().markUnclean();
    return plain.session().createTemporaryTopic();
  }

  @Override
  public void unsubscribe(String name) throws JMSException {
    checkOpen();
    plain.session().unsubscribe(name);
  }

  @Override
  public boolean getTransacted() throws JMSException {
    return getAcknowledgeMode() == SESSION_TRANSACTED;
  }

  @Override
  public int getAcknowledgeMode() throws JMSException {
    checkOpen();
    return transactions.isInTransaction() ? SESSION_TRANSACTED : mode;
  }

  @Override
  public void commit() throws JMSException {
    checkOpen();
    transactions.refuseInTransaction("commit", ENDS, END_MEND);
    plain.session().commit();
  }

  @Override
  public void rollback() throws JMSException {
    checkOpen();
    transactions.refuseInTransaction("rollback", ENDS, END_MEND);
    plain.session().rollback();
  }

  @Override
  public void recover() throws JMSException {
    checkOpen();
    transactions.refuseInTransaction("recover", ENDS, END_MEND);
    plain.session().recover();
  }

  @Override
  public @Nullable MessageListener getMessageListener() throws JMSException {
    checkOpen();
    return null;
  }

  @Override
  public void setMessageListener(@Nullable MessageListener listener) throws JMSException {
    throw Failures.illegal(
        transactions.settings(),
        "message listeners of a session are for application servers and are not offered",
        "set the listener of a consumer");
  }

  @Override
  public void run() {
    throw new UnsupportedOperationException("Session.run is for application servers");
  }

  @Override
  public void close() throws JMSException {
    if (closed) {
      return;
    }
    closed = true;
    for (ConsumerHandle consumer : List.copyOf(consumers)) {
      consumer.close();
    }
    plain.close();
    connection.closed(this);
  }

  void checkOpen() throws JMSException {
    if (closed) {
      throw Failures.illegal(transactions.settings(), "the session is closed", "open another");
    }
  }
}
