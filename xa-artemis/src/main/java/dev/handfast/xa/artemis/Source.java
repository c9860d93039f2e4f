package dev.handfast.xa.artemis;

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
 * Where a listener takes from.
 *
 * @param destination the queue or topic
 * @param subscription of the topic, or null for a queue
 * @param selector of JMS, or null
 * @param prefetchBytes the broker sends ahead
 */
record Source(
    String destination,
    @Nullable String subscription,
    @Nullable String selector,
    int prefetchBytes) {

  /** Opens a consumer; the queue or subscription is made where it is not there. */
  ClientConsumer open(XaSession session, LastingQueues queues) throws JMSException {
    try {
      return subscription == null
          ? session.consumer(queue(session, queues), filter(), prefetchBytes)
          : session.consumer(subscribed(session, subscription), null, prefetchBytes);
    } catch (ActiveMQException e) {
      throw JMSExceptionHelper.convertFromActiveMQException(e);
    }
  }

  private SimpleString queue(XaSession session, LastingQueues queues)
      throws ActiveMQException, JMSException {
    SimpleString address = SimpleString.of(destination);
    queues.require(session.core(), address);
    AutoCreateUtil.autoCreateQueue(session.core(), address, null);
    return AutoCreateUtil.getCoreQueueName(session.core(), address);
  }

  private @Nullable SimpleString filter() {
    return selector == null
        ? null
        : SimpleString.of(SelectorTranslator.convertToActiveMQFilterString(selector));
  }

  /** The client makes the subscription, and with it the queue that it names. */
  private SimpleString subscribed(XaSession session, String name) throws JMSException {
    ActiveMQSession jms = session.session();
    jms.createSharedDurableConsumer(jms.createTopic(destination), name, selector).close();
    return ActiveMQDestination.createQueueNameForSubscription(
        true, session.connection().getClientID(), name);
  }
}
