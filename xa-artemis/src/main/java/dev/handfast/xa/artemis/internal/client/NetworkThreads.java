package dev.handfast.xa.artemis.internal.client;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.core.client.impl.ClientSessionFactoryInternal;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;

/**
 * Stops the network threads of connections, and breaks connections off. The client forgets to stop
 * the thread of a connection that failed; and the thread of one that was closed goes on for a
 * moment and still calls the client's pools. Safe for use by many threads, of which one at a time
 * connects.
 */
public final class NetworkThreads {

  private static final long QUIET_MILLIS = 20;
  private static final long LONGEST_WAIT_MILLIS = 3_000;

  private final ArtemisSettings settings;
  private final boolean ownThreads;
  private final Map<ClientSessionFactory, Network> connections = new ConcurrentHashMap<>();
  private final Set<EventLoop> begun = ConcurrentHashMap.newKeySet();
  private final Set<Future<?>> ending = ConcurrentHashMap.newKeySet();

  /**
   * @param ownThreads whether each connection has a network thread of its own
   */
  public NetworkThreads(ArtemisSettings settings, boolean ownThreads) {
    this.settings = settings;
    this.ownThreads = ownThreads;
  }

  /**
   * Returns an interceptor that sees the first packet of each connection, and remembers its thread.
   * A connection that is lost right after it is never handed out, and its thread would go on for
   * ever.
   */
  public Interceptor watch() {
    return (packet, remoting) -> {
      if (packet.getType() == PacketImpl.SUBSCRIBE_TOPOLOGY_V2) {
        EventLoop thread = thread(remoting);
        if (thread != null) {
          begun.add(thread);
        }
      }
      return true;
    };
  }

  /**
   * Remembers a connection that has come up.
   *
   * @throws RuntimeException if it is lost already
   */
  public void add(ClientSessionFactory connection) {
    RemotingConnection remoting =
        Objects.requireNonNull(
            ((ClientSessionFactoryInternal) connection).getConnection(), "lost at once");
    EventLoop thread = thread(remoting);
    connections.put(connection, new Network(remoting, thread));
    if (thread != null) {
      begun.remove(thread);
    }
    endBegun();
  }

  private @Nullable EventLoop thread(RemotingConnection remoting) {
    return ownThreads ? remoting.getTransportConnection().getEventLoop() : null;
  }

  /** Stops the threads of connections that did not come up. */
  public void endBegun() {
    for (EventLoop thread : List.copyOf(begun)) {
      begun.remove(thread);
      stop(thread);
    }
  }

  /**
   * Fails a connection without asking the broker, which rolls back what has not voted, and wakes
   * whoever is blocked in a call on it. It must still be closed.
   */
  public void fail(ClientSessionFactory connection) {
    Network network = connections.get(connection);
    if (network != null) {
      fail(network);
    }
  }

  /** Fails every connection that has come up and was not closed. */
  public void failAll() {
    connections.values().forEach(this::fail);
  }

  private void fail(Network network) {
    try {
      network.remoting.fail(new ActiveMQException("broken off"));
    } catch (RuntimeException e) {
      ArtemisLog.debug(settings.name(), "breaking off a connection failed", e);
    }
  }

  /** Stops the thread of a connection that was closed. */
  public void end(ClientSessionFactory connection) {
    ending.removeIf(Future::isDone);
    Network network = connections.remove(connection);
    if (network != null && network.thread != null) {
      stop(network.thread);
    }
  }

  /** Stops the threads of connections that nobody has closed: they would keep the JVM alive. */
  public void endAll() {
    connections.keySet().forEach(this::end);
  }

  private void stop(EventLoop thread) {
    ending.add(
        thread
            .parent()
            .shutdownGracefully(QUIET_MILLIS, LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** Waits for the threads of connections that were closed. */
  public void awaitEnd() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
    for (Future<?> end : ending) {
      end.awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  private record Network(RemotingConnection remoting, @Nullable EventLoop thread) {}
}
