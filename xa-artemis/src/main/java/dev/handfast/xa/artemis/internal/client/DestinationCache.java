package dev.handfast.xa.artemis.internal.client;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the queues and topics that were looked up, because the client asks the broker at each
 * look-up, and again at the first send to each object that stands for a destination. A broker that
 * has deleted one since makes it again at the next send. Safe for use by many threads.
 */
public final class DestinationCache {

  /** The most names that are kept; any further one is looked up each time. */
  private static final int MOST = 1_000;

  private final Map<String, Queue> queues = new ConcurrentHashMap<>();
  private final Map<String, Topic> topics = new ConcurrentHashMap<>();

  /** Names a destination for a message, in quotes. */
  public static String shown(@Nullable Destination destination) {
    return destination instanceof ActiveMQDestination known
        ? "'" + known.getName() + "'"
        : String.valueOf(destination);
  }

  public Queue queue(@Nullable String name, UncheckedJms.Call<Queue> lookUp) throws JMSException {
    return known(queues, name, lookUp);
  }

  public Topic topic(@Nullable String name, UncheckedJms.Call<Topic> lookUp) throws JMSException {
    return known(topics, name, lookUp);
  }

  private static <T> T known(
      Map<String, T> known, @Nullable String name, UncheckedJms.Call<T> lookUp)
      throws JMSException {
    T found = name == null ? null : known.get(name);
    if (found == null) {
      found = lookUp.call();
      if (name != null && known.size() < MOST) {
        known.put(name, found);
      }
    }
    return found;
  }
}
