package dev.handfast.xa.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between a client and a server that can be cut in the ways in which networks are. It
 * listens on a loopback port of its own and hands everything on to one server, until it is told
 * otherwise. Safe for use by many threads; its threads are daemons and end with it.
 *
 * <pre>{@code
 * try (TcpProxy network = TcpProxy.to("127.0.0.1", 5432).start()) {
 *   … connect to network.port() …
 *   network.stall();      // whoever waits for an answer waits
 *   network.resume();     // and gets it
 * }
 * }</pre>
 */
public final class TcpProxy implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final NetworkState state = new NetworkState();
  private final Set<TcpLink> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  private TcpProxy(InetSocketAddress server, int port) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    TcpLink.daemon("proxy of port " + server.getPort(), this::accept);
  }

  /** A proxy to a server, which need not be there yet. */
  public static Builder to(String host, int port) {
    return new Builder(new InetSocketAddress(host, port));
  }

  /** Where to connect to: a loopback port that stays the same until {@link #close()}. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections are open, on either side. */
  public int connections() {
    return links.size();
  }

  /** How many connections have been taken since the start, refused ones not counted. */
  public int accepted() {
    return accepted.get();
  }

  /** Holds everything back in both directions, new connections included; nothing is lost. */
  public void stall() {
    state.become(NetworkState.Mode.STALL);
  }

  /**
   * Swallows everything in both directions from now on, as a firewall does that has forgotten a
   * connection: both sides stay connected and hear nothing, and so do those who connect.
   */
  public void drop() {
    state.become(NetworkState.Mode.DROP);
  }

  /** Refuses new connections; those that are open go on. */
  public void refuse() {
    state.become(NetworkState.Mode.REFUSE);
  }

  /**
   * Ends what {@link #stall}, {@link #drop} or {@link #refuse} began. Connections that have lost
   * something are reset.
   */
  public void resume() {
    state.become(NetworkState.Mode.PASS);
    links.stream().filter(TcpLink::hasLost).forEach(TcpLink::reset);
  }

  /** Resets all open connections on both sides (RST); new ones are treated as before. */
  public void reset() {
    List.copyOf(links).forEach(TcpLink::reset);
  }

  /**
   * Leaves all open connections half open: they are reset on the server's side, and the client, who
   * is not told, goes on talking to nobody. New ones are treated as before.
   */
  public void halfOpen() {
    links.forEach(TcpLink::loseServer);
  }

  /** Resets all connections and stops listening. */
  @Override
  public void close() {
    state.close();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      reset();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        take(listener.accept());
      } catch (IOException e) {
        // Closed, or the client has gone again.
      }
    }
  }

  private void take(Socket client) throws IOException {
    if (state.mode() == NetworkState.Mode.REFUSE || state.isClosed()) {
      TcpLink.reset(client);
      return;
    }
    accepted.incrementAndGet();
    TcpLink link = new TcpLink(client, state, links::remove);
    links.add(link);
    link.connect(server, CONNECT_MILLIS);
    if (state.isClosed()) {
      link.reset();
    }
  }

  /** Collects what a proxy is started with. Not safe for use by many threads. */
  public static final class Builder {

    private final InetSocketAddress server;
    private int port;

    private Builder(InetSocketAddress server) {
      this.server = server;
    }

    /** The loopback port to listen on; a free one unless told. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** Starts to listen. */
    public TcpProxy start() {
      try {
        return new TcpProxy(server, port);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
