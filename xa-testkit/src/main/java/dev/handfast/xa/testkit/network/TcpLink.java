package dev.handfast.xa.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Consumer;

/** One connection through a {@link TcpProxy}: a socket on either side and a thread each way. */
final class TcpLink {

  private static final int BUFFER = 16_384;

  private final Socket client;
  private final Socket server = new Socket();
  private final NetworkState state;
  private final Consumer<TcpLink> whenClosed;
  private volatile boolean serverLost;
  private volatile boolean lossy;

  TcpLink(Socket client, NetworkState state, Consumer<TcpLink> whenClosed) {
    this.client = client;
    this.state = state;
    this.whenClosed = whenClosed;
  }

  static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Connects to the server when the network lets it; a server that is not there resets. */
  void connect(InetSocketAddress address, int timeoutMillis) {
    daemon(
        "proxy to port " + address.getPort(),
        () -> {
          try {
            state.awaitFlow();
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(address, timeoutMillis);
            daemon("proxy from port " + address.getPort(), () -> pump(server, client));
            pump(client, server);
          } catch (IOException e) {
            reset();
          }
        });
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        state.awaitFlow();
        if (isLossy()) {
          lose();
        }
        // What follows on a loss would be garbage to the receiver.
        if (!lossy) {
          out.write(buffer, 0, length);
          out.flush();
        }
      }
      ended(from, this::close);
    } catch (IOException e) {
      ended(from, this::reset);
    }
  }

  private boolean isLossy() {
    return serverLost || state.mode() == NetworkState.Mode.DROP;
  }

  private void lose() {
    lossy = true;
    if (!isLossy()) {
      // The network was mended in between, by one that did not see the loss.
      reset();
    }
  }

  /** One side has closed: the other one is told, unless nothing reaches it any more. */
  private void ended(Socket from, Runnable tell) {
    state.awaitFlow();
    if (!isLossy() || (serverLost && from == client)) {
      tell.run();
    } else {
      lose();
    }
  }

  boolean hasLost() {
    return lossy;
  }

  /** The server's side is reset, and the client is not told. */
  void loseServer() {
    serverLost = true;
    lossy = true;
    reset(server);
  }

  private void close() {
    whenClosed.accept(this);
    try (client;
        server) {
      client.shutdownOutput();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  void reset() {
    whenClosed.accept(this);
    reset(client);
    reset(server);
  }

  /** Closes a socket without the usual farewell. */
  static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
  }
}
