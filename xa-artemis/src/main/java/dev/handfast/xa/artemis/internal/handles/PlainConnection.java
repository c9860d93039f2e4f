package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.client.Mutex;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the broker behind one connection of the application, for its work outside
 * transactions. It is opened at first need and replaced when it was lost. Safe for use by many
 * threads.
 */
final class PlainConnection {

  private final PlainConnections connections;
  private final Mutex mutex = new Mutex();
  private @Nullable ActiveMQConnection connection;
  private @Nullable ExceptionListener listener;
  private boolean started;
  private boolean unclean;
  private boolean closed;

  PlainConnection(PlainConnections connections) {
    this.connections = connections;
  }

  boolean isStarted() {
    return mutex.call(() -> started);
  }

  @Nullable ExceptionListener listener() {
    return mutex.call(() -> Optional.ofNullable(listener)).orElse(null);
  }

  /** Opens a session of the given mode, on a new connection if the old one turns out to be lost. */
  ActiveMQSession createSession(int mode) throws JMSException {
    return mutex.call(() -> session(mode));
  }

  private ActiveMQSession session(int mode) throws JMSException {
    ActiveMQConnection first = connected();
    try {
      return session(first, mode);
    } catch (JMSException e) {
      if (!PlainConnections.isLost(first)) {
        throw e;
      }
      return session(connected(), mode);
    }
  }

  private static ActiveMQSession session(ActiveMQConnection connection, int mode)
      throws JMSException {
    return (ActiveMQSession) connection.createSession(mode);
  }

  private ActiveMQConnection connected() throws JMSException {
    if (closed) {
      throw new jakarta.jms.IllegalStateException("the connection is closed");
    }
    ActiveMQConnection current = connection;
    if (current != null && !PlainConnections.isLost(current)) {
      return current;
    }
    drop();
    ActiveMQConnection fresh = connections.take();
    connection = fresh;
    try {
      fresh.setExceptionListener(listener);
      if (started) {
        fresh.start();
      }
      return fresh;
    } catch (JMSException e) {
      drop();
      throw e;
    }
  }

  private void drop() {
    ActiveMQConnection lost = connection;
    if (lost != null) {
      connection = null;
      connections.discard(lost);
    }
  }

  void setListener(@Nullable ExceptionListener newListener) throws JMSException {
    mutex.run(
        () -> {
          listener = newListener;
          if (connection != null) {
            connection.setExceptionListener(newListener);
          }
        });
  }

  void start() throws JMSException {
    mutex.run(
        () -> {
          started = true;
          if (connection != null) {
            connection.start();
          }
        });
  }

  void stop() throws JMSException {
    mutex.run(
        () -> {
          started = false;
          if (connection != null) {
            connection.stop();
          }
        });
  }

  /** Marks that the connection holds something that must end with it, such as a temporary queue. */
  void markUnclean() {
    mutex.run(() -> unclean = true);
  }

  /** Gives the connection back or closes it, after its sessions were closed. */
  void close() {
    mutex.run(
        () -> {
          ActiveMQConnection last = connection;
          closed = true;
          connection = null;
          if (last != null) {
            release(last);
          }
        });
  }

  private void release(ActiveMQConnection last) {
    try {
      if (!unclean && !PlainConnections.isLost(last)) {
        last.setExceptionListener(null);
        if (started) {
          last.stop();
        }
        connections.giveBack(last);
        return;
      }
    } catch (JMSException e) {
      connections.report("a connection could not be used again", e);
    }
    connections.discard(last);
  }
}
