package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.client.UncheckedJms;
import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatRuntimeException;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.apache.activemq.artemis.utils.collections.TypedProperties;
import org.jspecify.annotations.Nullable;

/**
 * A producer of a JMSContext. It has the settings of {@link ProducerHandle}, but each setter
 * returns the producer and nothing closes it; and it has headers and properties for its messages,
 * with one method for each type of a value. Not safe for use by many threads.
 */
final class ContextProducer implements JMSProducer {

  private final SessionHandle session;
  private final ProducerSettings settings = new ProducerSettings();
  private final MessageProperties properties = new MessageProperties();
  private @Nullable CompletionListener listener;
  private @Nullable Destination replyTo;
  private @Nullable String correlationId;
  private byte @Nullable [] correlationIdBytes;
  private @Nullable String type;

  ContextProducer(SessionHandle session) {
    this.session = session;
  }

  @Override
  public JMSProducer send(@Nullable Destination destination, @Nullable Message message) {
    if (message == null) {
      throw new MessageFormatRuntimeException("the message is null");
    }
    if (!(destination instanceof ActiveMQDestination)) {
      throw new InvalidDestinationRuntimeException(
          "no destination of an Artemis broker: " + destination);
    }
    UncheckedJms.run(
        () -> {
          putHeadersOn(message);
          properties.putOn(message);
          session.send(settings.outgoing(destination, message, listener));
        });
    return this;
  }

  private void putHeadersOn(Message message) throws JMSException {
    if (correlationId != null) {
      message.setJMSCorrelationID(correlationId);
    }
    if (correlationIdBytes != null) {
      message.setJMSCorrelationIDAsBytes(correlationIdBytes);
    }
    if (replyTo != null) {
      message.setJMSReplyTo(replyTo);
    }
    if (type != null) {
      message.setJMSType(type);
    }
  }

  @Override
  public JMSProducer send(Destination destination, @Nullable String body) {
    return send(destination, UncheckedJms.call(() -> (Message) session.createTextMessage(body)));
  }

  @Override
  public JMSProducer send(Destination destination, @Nullable Map<String, Object> body) {
    return send(
        destination,
        UncheckedJms.call(
            () -> {
              MapMessage message = session.createMapMessage();
              if (body != null) {
                for (Map.Entry<String, Object> entry : body.entrySet()) {
                  message.setObject(entry.getKey(), entry.getValue());
                }
              }
              return (Message) message;
            }));
  }

  @Override
  public JMSProducer send(Destination destination, byte @Nullable [] body) {
    return send(
        destination,
        UncheckedJms.call(
            () -> {
              BytesMessage message = session.createBytesMessage();
              if (body != null) {
                message.writeBytes(body);
              }
              return (Message) message;
            }));
  }

  @Override
  public JMSProducer send(Destination destination, @Nullable Serializable body) {
    return send(destination, UncheckedJms.call(() -> (Message) session.createObjectMessage(body)));
  }

  @Override
  public JMSProducer setDisableMessageID(boolean disable) {
    settings.disableMessageId(disable);
    return this;
  }

  @Override
  public boolean getDisableMessageID() {
    return settings.disableMessageId();
  }

  @Override
  public JMSProducer setDisableMessageTimestamp(boolean disable) {
    settings.disableTimestamp(disable);
    return this;
  }

  @Override
  public boolean getDisableMessageTimestamp() {
    return settings.disableTimestamp();
  }

  @Override
  public JMSProducer setDeliveryMode(int mode) {
    UncheckedJms.run(() -> settings.deliveryMode(mode));
    return this;
  }

  @Override
  public int getDeliveryMode() {
    return settings.deliveryMode();
  }

  @Override
  public JMSProducer setPriority(int priority) {
    UncheckedJms.run(() -> settings.priority(priority));
    return this;
  }

  @Override
  public int getPriority() {
    return settings.priority();
  }

  @Override
  public JMSProducer setTimeToLive(long millis) {
    settings.timeToLive(millis);
    return this;
  }

  @Override
  public long getTimeToLive() {
    return settings.timeToLive();
  }

  @Override
  public JMSProducer setDeliveryDelay(long millis) {
    settings.deliveryDelay(millis);
    return this;
  }

  @Override
  public long getDeliveryDelay() {
    return settings.deliveryDelay();
  }

  @Override
  public JMSProducer setAsync(@Nullable CompletionListener newListener) {
    listener = newListener;
    return this;
  }

  @Override
  public @Nullable CompletionListener getAsync() {
    return listener;
  }

  @Override
  public JMSProducer setProperty(String name, boolean value) {
    return put(name, value);
  }

  @Override
  public JMSProducer setProperty(String name, byte value) {
    return put(name, value);
  }

  @Override
  public JMSProducer setProperty(String name, short value) {
    return put(name, value);
  }

  @Override
  public JMSProducer setProperty(String name, int value) {
    return put(name, value);
  }

  @Override
  public JMSProducer setProperty(String name, long value) {
    return put(name, value);
  }

  @Override
  public JMSProducer setProperty(String name, float value) {
    return put(name, value);
  }

  @Override
  public JMSProducer setProperty(String name, double value) {
    return put(name, value);
  }

  @Override
  public JMSProducer setProperty(String name, @Nullable String value) {
    return put(name, value);
  }

  @Override
  public JMSProducer setProperty(String name, @Nullable Object value) {
    return put(name, value);
  }

  private JMSProducer put(String name, @Nullable Object value) {
    properties.put(name, value);
    return this;
  }

  @Override
  public JMSProducer clearProperties() {
    properties.clear();
    return this;
  }

  @Override
  public boolean propertyExists(String name) {
    return properties.contains(name);
  }

  @Override
  public boolean getBooleanProperty(String name) {
    return properties.get(name, TypedProperties::getBooleanProperty);
  }

  @Override
  public byte getByteProperty(String name) {
    return properties.get(name, TypedProperties::getByteProperty);
  }

  @Override
  public short getShortProperty(String name) {
    return properties.get(name, TypedProperties::getShortProperty);
  }

  @Override
  public int getIntProperty(String name) {
    return properties.get(name, TypedProperties::getIntProperty);
  }

  @Override
  public long getLongProperty(String name) {
    return properties.get(name, TypedProperties::getLongProperty);
  }

  @Override
  public float getFloatProperty(String name) {
    return properties.get(name, TypedProperties::getFloatProperty);
  }

  @Override
  public double getDoubleProperty(String name) {
    return properties.get(name, TypedProperties::getDoubleProperty);
  }

  @Override
  public @Nullable String getStringProperty(String name) {
    Object value = properties.get(name);
    return value == null ? null : value.toString();
  }

  @Override
  public @Nullable Object getObjectProperty(String name) {
    return properties.get(name);
  }

  @Override
  public Set<String> getPropertyNames() {
    return properties.names();
  }

  @Override
  public JMSProducer setJMSCorrelationIDAsBytes(byte @Nullable [] id) {
    if (id == null || id.length == 0) {
      throw new JMSRuntimeException("the correlation id is empty");
    }
    correlationIdBytes = id.clone();
    return this;
  }

  @Override
  public byte @Nullable [] getJMSCorrelationIDAsBytes() {
    return correlationIdBytes == null ? null : correlationIdBytes.clone();
  }

  @Override
  public JMSProducer setJMSCorrelationID(@Nullable String id) {
    correlationId = id;
    return this;
  }

  @Override
  public @Nullable String getJMSCorrelationID() {
    return correlationId;
  }

  @Override
  public JMSProducer setJMSType(@Nullable String newType) {
    type = newType;
    return this;
  }

  @Override
  public @Nullable String getJMSType() {
    return type;
  }

  @Override
  public JMSProducer setJMSReplyTo(@Nullable Destination destination) {
    replyTo = destination;
    return this;
  }

  @Override
  public @Nullable Destination getJMSReplyTo() {
    return replyTo;
  }
}
