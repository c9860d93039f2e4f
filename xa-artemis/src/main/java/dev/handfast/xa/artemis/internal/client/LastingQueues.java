package dev.handfast.xa.artemis.internal.client;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import java.util.Map;
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
import org.apache.activemq.artemis.utils.CompositeAddress;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a queue outlives the branches that depend on it. Artemis deletes, by default, a
 * queue that it made at need once it is empty and nobody consumes; what a prepared branch holds
 * does not count, and is lost when the branch is committed or rolled back afterwards. Safe for use
 * by many threads.
 */
public final class LastingQueues {

  /** The most names that are kept; any further one is looked up each time. */
  private static final int MOST = 1_000;

  private final ArtemisSettings settings;

  /** The names that were looked up, with the address of each queue. */
  private final Map<String, SimpleString> known = new ConcurrentHashMap<>();

  public LastingQueues(ArtemisSettings settings) {
    this.settings = settings;
  }

  /** Looks a queue up before a branch first depends on it; other destinations need no look-up. */
  public void require(ClientSession session, @Nullable Destination destination)
      throws JMSException {
    if (destination instanceof ActiveMQDestination queue && isLookedUp(queue)) {
      reached(session, queue);
    }
  }

  /**
   * Looks a queue up before a branch first sends to it. A message goes to an address: if the queue
   * of that name lies at another one, nobody gets the message, and nobody is told.
   */
  public void requireReached(ClientSession session, @Nullable Destination destination)
      throws JMSException {
    if (destination instanceof ActiveMQDestination queue && isLookedUp(queue)) {
      SimpleString reached = reached(session, queue);
      if (!reached.equals(queue.getSimpleAddress())) {
        throw Failures.elsewhere(settings, queue.getAddress(), reached.toString());
      }
    }
  }

  private static boolean isLookedUp(ActiveMQDestination destination) {
    return destination.isQueue() && !destination.isTemporary();
  }

  private SimpleString reached(ClientSession session, ActiveMQDestination queue)
      throws JMSException {
    try {
      return reached(session, queue.getSimpleAddress());
    } catch (ActiveMQException e) {
      throw JMSExceptionHelper.convertFromActiveMQException(e);
    }
  }

  private SimpleString reached(ClientSession session, SimpleString name)
      throws ActiveMQException, JMSException {
    SimpleString address = known.get(name.toString());
    return address == null ? reachedNow(session, name) : qualified(address, name);
  }

  /**
   * Makes the queue if it is not there and the broker would make it at need. The broker is asked
   * each time, since an operator may have deleted the queue.
   *
   * @return what a message is to be sent to, so that it comes into the queue of that name: the
   *     name, or address and name
   */
  public SimpleString reachedNow(ClientSession session, SimpleString name)
      throws ActiveMQException, JMSException {
    return qualified(lookedUp(session, name), name);
  }

  private static SimpleString qualified(SimpleString address, SimpleString name) {
    return CompositeAddress.isFullyQualified(name) || address.equals(name)
        ? name
        : CompositeAddress.toFullyQualified(address, name);
  }

  private SimpleString lookedUp(ClientSession session, SimpleString name)
      throws ActiveMQException, JMSException {
    QueueQuery found = session.queueQuery(name);
    if (!found.isExists()) {
      if (settings.allowAutoDelete() || !session.addressQuery(name).isAutoCreateQueues()) {
        return name; // whoever uses it makes it, or is told that it is not there
      }
      make(session, name);
      found = session.queueQuery(name);
    }
    if (!settings.allowAutoDelete() && Boolean.TRUE.equals(found.isAutoDelete())) {
      throw Failures.autoDeleted(settings, name.toString());
    }
    if (known.size() < MOST) {
      known.put(name.toString(), found.getAddress());
    }
    return found.getAddress();
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
