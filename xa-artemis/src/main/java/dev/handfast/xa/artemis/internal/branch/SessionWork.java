package dev.handfast.xa.artemis.internal.branch;

import jakarta.jms.JMSException;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.jspecify.annotations.Nullable;

/** Something done with a session of the client. */
@FunctionalInterface
public interface SessionWork<T extends @Nullable Object> {

  T on(ActiveMQSession session) throws JMSException;
}
