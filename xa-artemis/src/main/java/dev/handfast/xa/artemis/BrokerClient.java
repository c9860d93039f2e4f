package dev.handfast.xa.artemis;

import dev.handfast.xa.config.ConfigurationException;
import jakarta.jms.JMSException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnection;
import org.jspecify.annotations.Nullable;

/** Opens and closes connections of the application's work. Safe for use by many threads. */
final class BrokerClient implements AutoCloseable {

  private final ArtemisSettings settings;
  private final ActiveMQConnectionFactory factory;
  private final Wires wires;
  private final Destinations destinations = new Destinations();
  private final ReentrantLock connecting = new ReentrantLock(true);
  private volatile boolean closed;

  BrokerClient(ArtemisSettings settings) {
    this.settings = settings;
    this.factory = Connectors.working(settings);
    this.wires = new Wires(settings, settings.factory() == null);
    if (settings.factory() == null) {
      factory.getServerLocator().addOutgoingInterceptor(wires.watch());
    }
  }

  ArtemisSettings settings() {
    return settings;
  }

  ActiveMQConnectionFactory factory() {
    return factory;
  }

  Destinations destinations() {
    return destinations;
  }

  /** A connection of its own for one XA session. */
  XaSession openXa() throws JMSException {
    checkOpen();
    ActiveMQConnection connection =
        open((user, password) -> (ActiveMQXAConnection) factory.createXAConnection(user, password));
    try {
      return new XaSession(connection, (ActiveMQXAConnection) connection);
    } catch (JMSException | RuntimeException e) {
      breakOff(connection);
      throw e;
    }
  }

  /** A connection that knows no global transaction. */
  ActiveMQConnection openPlain() throws JMSException {
    checkOpen();
    return open((user, password) -> (ActiveMQConnection) factory.createConnection(user, password));
  }

  /** The client connects one at a time; who waits for others to fail need not fail as slowly. */
  private ActiveMQConnection open(Opener opener) throws JMSException {
    long wait = settings.callTimeout().toMillis();
    try {
      if (!connecting.tryLock(wait, TimeUnit.MILLISECONDS)) {
        throw new JMSException(
            settings.owner()
                + ": other threads have tried to connect to the broker at "
                + settings.maskedUrl()
                + " for "
                + wait
                + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.caused(settings.owner() + ": interrupted while waiting to connect", e);
    }
    try {
      return connect(opener);
    } finally {
      connecting.unlock();
    }
  }

  private ActiveMQConnection connect(Opener opener) throws JMSException {
    Credentials credentials = settings.working();
    try {
      ActiveMQConnection connection =
          credentials.user() == null
              ? opener.open(factory.getUser(), factory.getPassword())
              : opener.open(credentials.user(), credentials.revealPassword());
      return remembered(connection);
    } catch (ConfigurationException e) {
      throw Failures.caused(settings.owner() + ": " + e.getMessage(), e);
    } catch (JMSException e) {
      wires.endBegun();
      throw Failures.connecting(settings, credentials, e);
    }
  }

  private ActiveMQConnection remembered(ActiveMQConnection connection) throws JMSException {
    try {
      wires.add(connection.getSessionFactory());
      return connection;
    } catch (RuntimeException e) {
      close(connection);
      throw Failures.caused("the connection was lost at once", e);
    }
  }

  private void checkOpen() throws JMSException {
    if (closed) {
      throw Failures.illegal(settings, "the resource is closed", "use it before close()");
    }
  }

  /** Closes a connection in order. */
  void close(ActiveMQConnection connection) {
    try {
      connection.close();
    } catch (JMSException | RuntimeException e) {
      ArtemisLog.debug(settings.name(), "closing a connection failed", e);
    } finally {
      wires.end(connection.getSessionFactory());
    }
  }

  /**
   * Closes a connection without asking the broker, which rolls back what has not voted, and wakes
   * whoever is blocked in a call on it.
   */
  void breakOff(ActiveMQConnection connection) {
    wires.fail(connection.getSessionFactory());
    close(connection);
  }

  @Override
  public void close() {
    closed = true;
    wires.awaitEnd();
    if (settings.factory() == null) {
      factory.close();
    }
  }

  @FunctionalInterface
  private interface Opener {
    ActiveMQConnection open(@Nullable String user, @Nullable String password) throws JMSException;
  }
}
