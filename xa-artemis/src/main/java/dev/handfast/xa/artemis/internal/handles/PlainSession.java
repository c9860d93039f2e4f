package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.branch.OutgoingMessage;
import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.Failures;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.jspecify.annotations.Nullable;

/**
 * The session at the broker behind one session of the application, for its work outside
 * transactions. When its connection was lost, it is replaced if it held neither a local transaction
 * nor a consumer; else its next use fails. Not safe for use by many threads.
 */
final class PlainSession {

  private final ArtemisSettings settings;
  private final PlainConnection connection;
  private final int mode;
  private @Nullable ActiveMQSession session;
  private @Nullable MessageProducer producer;
  private boolean holdsState;

  PlainSession(ArtemisSettings settings, PlainConnection connection, int mode) {
    this.settings = settings;
    this.connection = connection;
    this.mode = mode;
    this.holdsState = mode == Session.SESSION_TRANSACTED || mode == Session.CLIENT_ACKNOWLEDGE;
  }

  ActiveMQSession session() throws JMSException {
    ActiveMQSession current = session;
    if (current != null && current.getCoreSession().isClosed()) {
      if (holdsState) {
        throw Failures.illegal(
            settings,
            "the connection to the broker was lost, and with it what the session held",
            "close the session and open another");
      }
      current = null;
      producer = null;
    }
    if (current == null) {
      current = connection.createSession(mode);
      session = current;
    }
    return current;
  }

  void send(OutgoingMessage message) throws JMSException {
    ActiveMQSession current = session();
    MessageProducer anonymous = producer;
    if (anonymous == null) {
      anonymous = current.createProducer(null);
      producer = anonymous;
    }
    message.sendBy(anonymous);
  }

  /** Marks that the session has a consumer, and must not be replaced unnoticed. */
  void markHolding() {
    holdsState = true;
  }

  void close() throws JMSException {
    ActiveMQSession last = session;
    if (last != null) {
      session = null;
      last.close();
    }
  }
}
