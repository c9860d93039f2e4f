package dev.handfast.xa.artemis;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.core.client.impl.ClientSessionFactoryInternal;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/** Ends connections of the client. */
final class Connections {

  private Connections() {}

  /**
   * Closes a connection without asking the broker, which rolls back what has not voted, and wakes
   * whoever is blocked in a call on it.
   */
  static void breakOff(ArtemisSettings settings, ClientSessionFactory connection) {
    try {
      RemotingConnection remoting = ((ClientSessionFactoryInternal) connection).getConnection();
      if (remoting != null && !connection.isClosed()) {
        remoting.fail(new ActiveMQException("broken off"));
      }
      connection.close();
    } catch (RuntimeException e) {
      ArtemisLog.debug(settings.name(), "breaking off a connection failed", e);
    }
  }
}
