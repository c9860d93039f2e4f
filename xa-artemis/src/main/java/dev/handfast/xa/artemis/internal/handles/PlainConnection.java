package dev.handfast.xa.artemis.internal.handles;

import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.jspecify.annotations.Nullable;

/**
 * What one connection of the application does outside transactions: a connection to the broker that
 * is opened at first need and replaced when it was lost. Safe for use by many threads.
 */
final class PlainConnection {

  private final PlainConnections connections;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ActiveMQConnection connection;
  private @Nullable ExceptionListener listener;
  private boolean started;
  private boolean unclean;
  private boolean closed;

  PlainConnection(PlainConnections connections) {
    this.connections = connections;
  }

  boolean isStarted() {
    return locked(() -> started);
  }

  @Nullable ExceptionListener listener() {
    lock.lock();
    try {
      return listener;
    } finally {
      lock.unlock();
    }
  }

  /** A session of the given mode; a connection that turns out to be dead is replaced once. */
  ActiveMQSession createSession(int mode) throws JMSException {
    lock.lock();
    try {
      ActiveMQConnection first = connected();
      try {
        return session(first, mode);
      } catch (JMSException e) {
        if (!PlainConnections.isLost(first)) {
          throw e;
        }
        return session(connected(), mode);
      }
    } finally {
      lock.unlock();
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
    lock.lock();
    try {
      listener = newListener;
      if (connection != null) {
        connection.setExceptionListener(newListener);
      }
    } finally {
      lock.unlock();
    }
  }

  void start() throws JMSException {
    lock.lock();
    try {
      started = true;
      if (connection != null) {
        connection.start();
      }
    } finally {
      lock.unlock();
    }
  }

  void stop() throws JMSException {
    lock.lock();
    try {
      started = false;
      if (connection != null) {
        connection.stop();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The connection holds something that must end with it: a temporary queue. */
  void markUnclean() {
    locked(() -> unclean = true);
  }

  /** Ends it, after its sessions were closed. */
  void close() {
    lock.lock();
    try {
      ActiveMQConnection last = connection;
      closed = true;
      connection = null;
      if (last != null) {
        release(last);
      }
    } finally {
      lock.unlock();
    }
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

  private boolean locked(Flag flag) {
    lock.lock();
    try {
      return flag.value();
    } finally {
      lock.unlock();
    }
  }

  @FunctionalInterface
  private interface Flag {
    boolean value();
  }
}
