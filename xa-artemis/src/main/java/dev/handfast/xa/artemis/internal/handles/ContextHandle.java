package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.client.UncheckedJms;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A JMSContext of the application's: a connection and a session in one. Its methods are those of
 * {@link JmsConnectionHandle} and {@link SessionHandle}, with unchecked exceptions. Not safe for
 * use by many threads.
 */
final class ContextHandle implements JMSContext {

  private final JmsConnectionHandle connection;
  private final SessionHandle session;
  private final int mode;
  private boolean autoStart = true;
  private boolean closed;
  private volatile @Nullable Message last;

  ContextHandle(JmsConnectionHandle connection, int mode) throws JMSException {
    this.connection = connection;
    this.session = connection.open(mode);
    this.mode = mode;
    connection.contextOpened();
  }

  /** Remembers the message that {@link #acknowledge()} is about. */
  Message last(Message message) {
    last = message;
    return message;
  }

  @Override
  public JMSContext createContext(int sessionMode) {
    return UncheckedJms.call(() -> new ContextHandle(connection, sessionMode));
  }

  @Override
  public JMSProducer createProducer() {
    UncheckedJms.run(session::checkOpen);
    return new ContextProducer(session);
  }

  private JMSConsumer consumer(UncheckedJms.Call<MessageConsumer> maker) {
    JMSConsumer consumer = new ContextConsumer(this, UncheckedJms.call(maker));
    startIfAutomatic();
    return consumer;
  }

  private QueueBrowser browser(UncheckedJms.Call<QueueBrowser> maker) {
    QueueBrowser browser = UncheckedJms.call(maker);
    startIfAutomatic();
    return browser;
  }

  private void startIfAutomatic() {
    if (autoStart) {
      start();
    }
  }

  @Override
  public JMSConsumer createConsumer(Destination destination) {
    return consumer(() -> session.createConsumer(destination));
  }

  @Override
  public JMSConsumer createConsumer(Destination destination, @Nullable String selector) {
    return consumer(() -> session.createConsumer(destination, selector));
  }

  @Override
  public JMSConsumer createConsumer(
      Destination destination, @Nullable String selector, boolean noLocal) {
    return consumer(() -> session.createConsumer(destination, selector, noLocal));
  }

  @Override
  public JMSConsumer createDurableConsumer(Topic topic, String name) {
    return consumer(() -> session.createDurableConsumer(topic, name));
  }

  @Override
  public JMSConsumer createDurableConsumer(
      Topic topic, String name, @Nullable String selector, boolean noLocal) {
    return consumer(() -> session.createDurableConsumer(topic, name, selector, noLocal));
  }

  @Override
  public JMSConsumer createSharedDurableConsumer(Topic topic, String name) {
    return consumer(() -> session.createSharedDurableConsumer(topic, name));
  }

  @Override
  public JMSConsumer createSharedDurableConsumer(
      Topic topic, String name, @Nullable String selector) {
    return consumer(() -> session.createSharedDurableConsumer(topic, name, selector));
  }

  @Override
  public JMSConsumer createSharedConsumer(Topic topic, String name) {
    return consumer(() -> session.createSharedConsumer(topic, name));
  }

  @Override
  public JMSConsumer createSharedConsumer(Topic topic, String name, @Nullable String selector) {
    return consumer(() -> session.createSharedConsumer(topic, name, selector));
  }

  @Override
  public QueueBrowser createBrowser(Queue queue) {
    return browser(() -> session.createBrowser(queue));
  }

  @Override
  public QueueBrowser createBrowser(Queue queue, @Nullable String selector) {
    return browser(() -> session.createBrowser(queue, selector));
  }

  @Override
  public BytesMessage createBytesMessage() {
    return UncheckedJms.call(session::createBytesMessage);
  }

  @Override
  public MapMessage createMapMessage() {
    return UncheckedJms.call(session::createMapMessage);
  }

  @Override
  public Message createMessage() {
    return UncheckedJms.call(session::createMessage);
  }

  @Override
  public ObjectMessage createObjectMessage() {
    return UncheckedJms.call(() -> session.createObjectMessage());
  }

  @Override
  public ObjectMessage createObjectMessage(@Nullable Serializable object) {
    return UncheckedJms.call(() -> session.createObjectMessage(object));
  }

  @Override
  public StreamMessage createStreamMessage() {
    return UncheckedJms.call(session::createStreamMessage);
  }

  @Override
  public TextMessage createTextMessage() {
    return UncheckedJms.call(() -> session.createTextMessage());
  }

  @Override
  public TextMessage createTextMessage(@Nullable String text) {
    return UncheckedJms.call(() -> session.createTextMessage(text));
  }

  @Override
  public Queue createQueue(String name) {
    return UncheckedJms.call(() -> session.createQueue(name));
  }

  @Override
  public Topic createTopic(String name) {
    return UncheckedJms.call(() -> session.createTopic(name));
  }

  @Override
  public TemporaryQueue createTemporaryQueue() {
    return UncheckedJms.call(session::createTemporaryQueue);
  }

  @Override
  public TemporaryTopic createTemporaryTopic() {
    return UncheckedJms.call(session::createTemporaryTopic);
  }

  @Override
  public void unsubscribe(String name) {
    UncheckedJms.run(() -> session.unsubscribe(name));
  }

  @Override
  public @Nullable String getClientID() {
    try {
      return connection.getClientID();
    } catch (JMSException e) {
      throw UncheckedJms.convert(e);
    }
  }

  @Override
  public void setClientID(String id) {
    UncheckedJms.run(() -> connection.setClientID(id));
  }

  @Override
  public ConnectionMetaData getMetaData() {
    return UncheckedJms.call(connection::getMetaData);
  }

  @Override
  public @Nullable ExceptionListener getExceptionListener() {
    try {
      return connection.getExceptionListener();
    } catch (JMSException e) {
      throw UncheckedJms.convert(e);
    }
  }

  @Override
  public void setExceptionListener(@Nullable ExceptionListener listener) {
    UncheckedJms.run(() -> connection.setExceptionListener(listener));
  }

  @Override
  public void start() {
    UncheckedJms.run(connection::start);
  }

  @Override
  public void stop() {
    UncheckedJms.run(connection::stop);
  }

  @Override
  public void setAutoStart(boolean automatic) {
    autoStart = automatic;
  }

  @Override
  public boolean getAutoStart() {
    return autoStart;
  }

  @Override
  public boolean getTransacted() {
    return UncheckedJms.call(session::getTransacted);
  }

  @Override
  public int getSessionMode() {
    return mode;
  }

  @Override
  public void commit() {
    UncheckedJms.run(session::commit);
  }

  @Override
  public void rollback() {
    UncheckedJms.run(session::rollback);
  }

  @Override
  public void recover() {
    UncheckedJms.run(session::recover);
  }

  @Override
  public void acknowledge() {
    UncheckedJms.run(
        () -> {
          session.checkOpen();
          session
              .transactions()
              .refuseInTransaction(
                  "acknowledge",
                  "a receipt is acknowledged when the transaction commits",
                  "remove it, or receive outside the transaction");
          Message message = last;
          if (message != null) {
            message.acknowledge();
          }
        });
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    UncheckedJms.run(
        () -> {
          session.close();
          connection.contextClosed();
        });
  }
}
