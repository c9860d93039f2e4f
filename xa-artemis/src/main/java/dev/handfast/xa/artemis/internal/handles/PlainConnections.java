package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.client.ArtemisLog;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import jakarta.jms.JMSException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.jspecify.annotations.Nullable;

/**
 * Connections for work outside transactions. A few that were left clean are kept for the next to
 * come; there is no limit to those in use. Safe for use by many threads.
 */
public final class PlainConnections implements AutoCloseable {

  private static final int MOST_IDLE = 8;

  private final BrokerClient client;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ActiveMQConnection> idle = new ArrayDeque<>();
  private final Set<ActiveMQConnection> used = new HashSet<>();
  private boolean closed;

  public PlainConnections(BrokerClient client) {
    this.client = client;
  }

  /** A stopped connection that nobody else uses; whether it still works shows when it is used. */
  ActiveMQConnection take() throws JMSException {
    ActiveMQConnection kept = takeIdle();
    if (kept != null) {
      return kept;
    }
    ActiveMQConnection connection = client.openPlain();
    locked(() -> used.add(connection));
    return connection;
  }

  private @Nullable ActiveMQConnection takeIdle() {
    lock.lock();
    try {
      ActiveMQConnection connection = idle.pollFirst();
      while (connection != null && isLost(connection)) {
        client.close(connection);
        connection = idle.pollFirst();
      }
      if (connection != null) {
        used.add(connection);
      }
      return connection;
    } finally {
      lock.unlock();
    }
  }

  /** True once the client knows that the connection is gone. */
  static boolean isLost(ActiveMQConnection connection) {
    return connection.getInitialSession().isClosed();
  }

  /**
   * Gives back a connection that was left stopped, without sessions and with nothing of its own.
   */
  void giveBack(ActiveMQConnection connection) {
    boolean keep =
        locked(
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
    locked(() -> used.remove(connection));
    client.close(connection);
  }

  void report(String text, Exception cause) {
    ArtemisLog.debug(client.settings().name(), text, cause);
  }

  private boolean locked(Check check) {
    lock.lock();
    try {
      return check.holds();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    takeAll().forEach(client::close);
  }

  private List<ActiveMQConnection> takeAll() {
    lock.lock();
    try {
      closed = true;
      used.addAll(idle);
      idle.clear();
      List<ActiveMQConnection> all = List.copyOf(used);
      used.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  @FunctionalInterface
  private interface Check {
    boolean holds();
  }
}
