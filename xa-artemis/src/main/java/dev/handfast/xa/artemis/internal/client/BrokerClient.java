package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.config.ConfigurationException;
import jakarta.jms.JMSException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnection;
import org.jspecify.annotations.Nullable;

/** Opens and closes the connections for the application's work. Safe for use by many threads. */
public final class BrokerClient implements AutoCloseable {

  private final ArtemisSettings settings;
  private final ActiveMQConnectionFactory factory;
  private final NetworkThreads networkThreads;
  private final DestinationCache destinations = new DestinationCache();
  private final ReentrantLock connecting = new ReentrantLock(true);
  private volatile boolean closed;

  public BrokerClient(ArtemisSettings settings) {
    this.settings = settings;
    this.factory = Connectors.working(settings);
    this.networkThreads = new NetworkThreads(settings, settings.factory() == null);
    if (settings.factory() == null) {
      factory.getServerLocator().addOutgoingInterceptor(networkThreads.watch());
    }
  }

  public ArtemisSettings settings() {
    return settings;
  }

  public ActiveMQConnectionFactory factory() {
    return factory;
  }

  public DestinationCache destinations() {
    return destinations;
  }

  /** Opens an XA session on a connection of its own. */
  public XaSession openXa() throws JMSException {
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

  /** Opens a connection for work outside global transactions. */
  public ActiveMQConnection openPlain() throws JMSException {
    checkOpen();
    return open((user, password) -> (ActiveMQConnection) factory.createConnection(user, password));
  }

  /**
   * Opens one connection at a time, as the client does. Whoever waits longer than the call timeout
   * for others fails at once and does not try too.
   */
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
    BrokerCredentials credentials = settings.working();
    try {
      String user = credentials.userOr(factory);
      String password = credentials.passwordOr(factory);
      return remembered(CallersThread.leftClean(() -> opener.open(user, password)));
    } catch (ConfigurationException e) {
      throw Failures.caused(settings.owner() + ": " + e.getMessage(), e);
    } catch (JMSException e) {
      networkThreads.endBegun();
      throw Failures.connecting(settings, credentials, e);
    }
  }

  private ActiveMQConnection remembered(ActiveMQConnection connection) throws JMSException {
    try {
      networkThreads.add(connection.getSessionFactory());
    } catch (RuntimeException e) {
      close(connection);
      throw Failures.caused("the connection was lost at once", e);
    }
    if (closed) {
      breakOff(connection);
      checkOpen();
    }
    return connection;
  }

  private void checkOpen() throws JMSException {
    if (closed) {
      throw Failures.illegal(settings, "the resource is closed", "use it before close()");
    }
  }

  /** Closes a connection and tells the broker so. */
  public void close(ActiveMQConnection connection) {
    try {
      CallersThread.<Boolean, JMSException>leftClean(
          () -> {
            connection.close();
            return true;
          });
    } catch (JMSException | RuntimeException e) {
      ArtemisLog.debug(settings.name(), "closing a connection failed", e);
    } finally {
      networkThreads.end(connection.getSessionFactory());
    }
  }

  /**
   * Closes a connection without asking the broker, which rolls back what has not voted, and wakes
   * whoever is blocked in a call on it.
   */
  public void breakOff(ActiveMQConnection connection) {
    networkThreads.fail(connection.getSessionFactory());
    close(connection);
  }

  /** Breaks every connection off and opens none any more: nothing waits for the broker then. */
  public void breakOffAll() {
    closed = true;
    networkThreads.failAll();
  }

  /** Breaks off what is still open, and waits for the network threads. */
  @Override
  public void close() {
    breakOffAll();
    networkThreads.endAll();
    networkThreads.awaitEnd();
    if (settings.factory() == null) {
      factory.close();
    }
  }

  @FunctionalInterface
  private interface Opener {
    ActiveMQConnection open(@Nullable String user, @Nullable String password) throws JMSException;
  }
}
