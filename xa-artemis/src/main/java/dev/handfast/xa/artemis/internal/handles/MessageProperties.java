package dev.handfast.xa.artemis.internal.handles;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatRuntimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.activemq.artemis.api.core.ActiveMQPropertyConversionException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.utils.collections.TypedProperties;
import org.jspecify.annotations.Nullable;

/**
 * The properties that a JMSProducer puts on each message. They are converted by JMS' rules when
 * they are read.
 */
final class MessageProperties {

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  void put(@Nullable String name, @Nullable Object value) {
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException("the name of a property is missing");
    }
    typed(name, value);
    values.put(name, value);
  }

  @Nullable Object get(String name) {
    return values.get(name);
  }

  <T extends @Nullable Object> T get(
      String name, BiFunction<TypedProperties, SimpleString, T> reader) {
    try {
      return reader.apply(typed(name, values.get(name)), SimpleString.of(name));
    } catch (ActiveMQPropertyConversionException e) {
      throw new MessageFormatRuntimeException(e.getMessage());
    }
  }

  private static TypedProperties typed(String name, @Nullable Object value) {
    try {
      TypedProperties typed = new TypedProperties();
      TypedProperties.setObjectProperty(SimpleString.of(name), value, typed);
      return typed;
    } catch (ActiveMQPropertyConversionException e) {
      throw new MessageFormatRuntimeException(e.getMessage());
    }
  }

  boolean contains(String name) {
    return values.containsKey(name);
  }

  Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  void clear() {
    values.clear();
  }

  void putOn(Message message) throws JMSException {
    for (Map.Entry<String, @Nullable Object> property : values.entrySet()) {
      message.setObjectProperty(property.getKey(), property.getValue());
    }
  }
}
