package dev.handfast.xa.artemis;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQQueueExistsException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a queue outlives the branches that depend on it. Artemis deletes, by default, a
 * queue that it made at need once it is empty and nobody consumes; what a prepared branch holds
 * does not count, and is lost when the branch is committed or rolled back afterwards. Safe for use
 * by many threads.
 */
final class LastingQueues {

  /** Names may be made up without end; the ones after these are looked up each time. */
  private static final int MOST = 1_000;

  private final ArtemisSettings settings;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  LastingQueues(ArtemisSettings settings) {
    this.settings = settings;
  }

  /** Looks a queue up before a branch first depends on it; any other destination lasts. */
  void require(ClientSession session, @Nullable Destination destination) throws JMSException {
    if (destination instanceof ActiveMQDestination queue
        && queue.isQueue()
        && !queue.isTemporary()) {
      try {
        require(session, queue.getSimpleAddress());
      } catch (ActiveMQException e) {
        throw JMSExceptionHelper.convertFromActiveMQException(e);
      }
    }
  }

  /** Makes the queue if it is not there and the broker would make it at need. */
  void require(ClientSession session, SimpleString name) throws ActiveMQException, JMSException {
    if (settings.allowAutoDelete() || known.contains(name.toString())) {
      return;
    }
    QueueQuery found = session.queueQuery(name);
    if (!found.isExists()) {
      if (!session.addressQuery(name).isAutoCreateQueues()) {
        return; // whoever uses it is told that it is not there
      }
      make(session, name);
      found = session.queueQuery(name);
    }
    if (Boolean.TRUE.equals(found.isAutoDelete())) {
      throw Failures.autoDeleted(settings, name.toString());
    }
    if (known.size() < MOST) {
      known.add(name.toString());
    }
  }

  private static void make(ClientSession session, SimpleString name) throws ActiveMQException {
    try {
      session.createQueue(
          QueueConfiguration.of(name)
              .setRoutingType(RoutingType.ANYCAST)
              .setDurable(true)
              .setAutoCreated(true)
              .setAutoDelete(false));
    } catch (ActiveMQQueueExistsException e) {
      // Somebody else was faster; it is looked at like any other.
    }
  }
}
