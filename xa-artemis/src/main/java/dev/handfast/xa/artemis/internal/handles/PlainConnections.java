package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.client.ArtemisLog;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.Mutex;
import jakarta.jms.JMSException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;

/**
 * The connections for work outside transactions. A few that are free are kept for later use; the
 * number of those in use has no limit. Safe for use by many threads.
 */
public final class PlainConnections implements AutoCloseable {

  private static final int MOST_IDLE = 8;

  private final BrokerClient client;
  private final Mutex mutex = new Mutex();
  private final Deque<ActiveMQConnection> idle = new ArrayDeque<>();
  private final Set<ActiveMQConnection> used = new HashSet<>();
  private boolean closed;

  public PlainConnections(BrokerClient client) {
    this.client = client;
  }

  /**
   * Hands out a stopped connection that nobody else uses. It may turn out to be lost at its use.
   */
  ActiveMQConnection take() throws JMSException {
    Optional<ActiveMQConnection> kept = mutex.call(this::takeIdle);
    if (kept.isPresent()) {
      return kept.get();
    }
    ActiveMQConnection connection = client.openPlain();
    mutex.run(() -> used.add(connection));
    return connection;
  }

  private Optional<ActiveMQConnection> takeIdle() {
    ActiveMQConnection connection = idle.pollFirst();
    while (connection != null && isLost(connection)) {
      client.close(connection);
      connection = idle.pollFirst();
    }
    if (connection != null) {
      used.add(connection);
    }
    return Optional.ofNullable(connection);
  }

  /** Returns true once the client knows that the connection is gone. */
  static boolean isLost(ActiveMQConnection connection) {
    return connection.getInitialSession().isClosed();
  }

  /** Takes back a connection that is stopped and has no sessions and no temporary destinations. */
  void giveBack(ActiveMQConnection connection) {
    boolean keep =
        mutex.call(
            () ->
                used.remove(connection)
                    && !closed
                    && !isLost(connection)
                    && idle.size() < MOST_IDLE
                    && idle.offerFirst(connection));
    if (!keep) {
      client.close(connection);
    }
  }

  /** Closes a connection that nobody may use again. */
  void discard(ActiveMQConnection connection) {
    mutex.run(() -> used.remove(connection));
    client.close(connection);
  }

  void report(String text, Exception cause) {
    ArtemisLog.debug(client.settings().name(), text, cause);
  }

  @Override
  public void close() {
    mutex.call(this::takeAll).forEach(client::close);
  }

  private List<ActiveMQConnection> takeAll() {
    closed = true;
    used.addAll(idle);
    idle.clear();
    List<ActiveMQConnection> all = List.copyOf(used);
    used.clear();
    return all;
  }
}
