package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.internal.client.LastingQueues;
import dev.handfast.xa.artemis.internal.client.XaSession;
import jakarta.jms.JMSException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.apache.activemq.artemis.utils.AutoCreateUtil;
import org.apache.activemq.artemis.utils.SelectorTranslator;
import org.jspecify.annotations.Nullable;

/**
 * The queue or subscription that a listener takes messages from.
 *
 * @param destination the queue or topic
 * @param subscription of the topic, or null for a queue
 * @param selector of JMS, or null
 * @param prefetchBytes how many bytes of messages the broker sends ahead
 */
record ListenerSource(
    String destination,
    @Nullable String subscription,
    @Nullable String selector,
    int prefetchBytes) {

  /** Returns the broker's queue. It is made if it is not there, and so is the subscription. */
  SimpleString queue(XaSession session, LastingQueues queues) throws JMSException {
    try {
      return subscription == null ? lasting(session, queues) : subscribed(session, subscription);
    } catch (ActiveMQException e) {
      throw JMSExceptionHelper.convertFromActiveMQException(e);
    }
  }

  /** Opens a consumer on the queue. The selector of a subscription is part of its queue already. */
  ClientConsumer open(XaSession session, SimpleString queue) throws JMSException {
    try {
      return session.consumer(queue, subscription == null ? filter() : null, prefetchBytes);
    } catch (ActiveMQException e) {
      throw JMSExceptionHelper.convertFromActiveMQException(e);
    }
  }

  private SimpleString lasting(XaSession session, LastingQueues queues)
      throws ActiveMQException, JMSException {
    SimpleString address = SimpleString.of(destination);
    queues.reachedNow(session.core(), address);
    AutoCreateUtil.autoCreateQueue(session.core(), address, null);
    return AutoCreateUtil.getCoreQueueName(session.core(), address);
  }

  private @Nullable SimpleString filter() {
    return selector == null
        ? null
        : SimpleString.of(SelectorTranslator.convertToActiveMQFilterString(selector));
  }

  /** Lets the client make the subscription, and returns the queue that the client made for it. */
  private SimpleString subscribed(XaSession session, String name) throws JMSException {
    ActiveMQSession jms = session.session();
    jms.createSharedDurableConsumer(jms.createTopic(destination), name, selector).close();
    return ActiveMQDestination.createQueueNameForSubscription(
        true, session.connection().getClientID(), name);
  }
}
