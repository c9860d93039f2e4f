package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.branch.OutgoingMessage;
import dev.handfast.xa.artemis.internal.client.Failures;
import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.jspecify.annotations.Nullable;

/**
 * A producer of the application's. It holds settings and no connection. {@link ContextProducer}
 * offers the same settings; here each call is refused once the producer or its session is closed.
 */
final class ProducerHandle implements MessageProducer {

  private final SessionHandle session;
  private final @Nullable Destination fixed;
  private final ProducerSettings settings = new ProducerSettings();
  private boolean closed;

  ProducerHandle(SessionHandle session, @Nullable Destination fixed) throws JMSException {
    this.session = session;
    this.fixed = fixed == null ? null : known(fixed);
  }

  private static Destination known(@Nullable Destination destination) throws JMSException {
    if (!(destination instanceof ActiveMQDestination)) {
      throw new InvalidDestinationException("no destination of an Artemis broker: " + destination);
    }
    return destination;
  }

  private Destination fixedDestination() {
    if (fixed == null) {
      throw new UnsupportedOperationException("the producer has no destination of its own");
    }
    return fixed;
  }

  private Destination given(@Nullable Destination destination) throws JMSException {
    if (fixed != null) {
      throw new UnsupportedOperationException("the producer has a destination of its own");
    }
    return known(destination);
  }

  private void send(OutgoingMessage message) throws JMSException {
    checkOpen();
    session.send(message);
  }

  private static CompletionListener some(@Nullable CompletionListener listener) {
    if (listener == null) {
      throw new IllegalArgumentException("the completion listener is null");
    }
    return listener;
  }

  @Override
  public void send(Message message) throws JMSException {
    send(settings.outgoing(fixedDestination(), message, null));
  }

  @Override
  public void send(Message message, int mode, int priority, long timeToLive) throws JMSException {
    send(settings.outgoing(fixedDestination(), message, mode, priority, timeToLive, null));
  }

  @Override
  public void send(Destination destination, Message message) throws JMSException {
    send(settings.outgoing(given(destination), message, null));
  }

  @Override
  public void send(
      Destination destination, Message message, int mode, int priority, long timeToLive)
      throws JMSException {
    send(settings.outgoing(given(destination), message, mode, priority, timeToLive, null));
  }

  @Override
  public void send(Message message, CompletionListener listener) throws JMSException {
    send(settings.outgoing(fixedDestination(), message, some(listener)));
  }

  @Override
  public void send(
      Message message, int mode, int priority, long timeToLive, CompletionListener listener)
      throws JMSException {
    send(
        settings.outgoing(fixedDestination(), message, mode, priority, timeToLive, some(listener)));
  }

  @Override
  public void send(Destination destination, Message message, CompletionListener listener)
      throws JMSException {
    send(settings.outgoing(given(destination), message, some(listener)));
  }

  @Override
  public void send(
      Destination destination,
      Message message,
      int mode,
      int priority,
      long timeToLive,
      CompletionListener listener)
      throws JMSException {
    send(
        settings.outgoing(given(destination), message, mode, priority, timeToLive, some(listener)));
  }

  @Override
  public @Nullable Destination getDestination() throws JMSException {
    checkOpen();
    return fixed;
  }

  @Override
  public void setDisableMessageID(boolean disable) throws JMSException {
    checkOpen();
    settings.disableMessageId(disable);
  }

  @Override
  public boolean getDisableMessageID() throws JMSException {
    checkOpen();
    return settings.disableMessageId();
  }

  @Override
  public void setDisableMessageTimestamp(boolean disable) throws JMSException {
    checkOpen();
    settings.disableTimestamp(disable);
  }

  @Override
  public boolean getDisableMessageTimestamp() throws JMSException {
    checkOpen();
    return settings.disableTimestamp();
  }

  @Override
  public void setDeliveryMode(int mode) throws JMSException {
    checkOpen();
    settings.deliveryMode(mode);
  }

  @Override
  public int getDeliveryMode() throws JMSException {
    checkOpen();
    return settings.deliveryMode();
  }

  @Override
  public void setPriority(int priority) throws JMSException {
    checkOpen();
    settings.priority(priority);
  }

  @Override
  public int getPriority() throws JMSException {
    checkOpen();
    return settings.priority();
  }

  @Override
  public void setTimeToLive(long millis) throws JMSException {
    checkOpen();
    settings.timeToLive(millis);
  }

  @Override
  public long getTimeToLive() throws JMSException {
    checkOpen();
    return settings.timeToLive();
  }

  @Override
  public void setDeliveryDelay(long millis) throws JMSException {
    checkOpen();
    settings.deliveryDelay(millis);
  }

  @Override
  public long getDeliveryDelay() throws JMSException {
    checkOpen();
    return settings.deliveryDelay();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() throws JMSException {
    if (closed) {
      throw Failures.illegal(
          session.transactions().settings(), "the producer is closed", "create another");
    }
    session.checkOpen();
  }
}
