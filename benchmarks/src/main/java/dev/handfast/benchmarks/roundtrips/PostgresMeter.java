package dev.handfast.benchmarks.roundtrips;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between PostgreSQL and its clients and counts. What a client was answered is counted by
 * then.
 */
final class PostgresMeter implements AutoCloseable {

  private static final String JDBC = "jdbc:";
  private static final int BUFFER = 16_384;

  private final URI server;
  private final ServerSocket listener;
  private final AtomicLong roundTrips = new AtomicLong();
  private final AtomicLong messages = new AtomicLong();

  /** Listens on a loopback port of its own. */
  PostgresMeter(String url) throws IOException {
    server = URI.create(url.substring(JDBC.length()));
    listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** The URL by which the database is reached through this one. */
  String url() {
    return JDBC + "postgresql://127.0.0.1:" + listener.getLocalPort() + server.getPath();
  }

  long roundTrips() {
    return roundTrips.get();
  }

  long messages() {
    return messages.get();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket behind = new Socket(server.getHost(), server.getPort());
      client.setTcpNoDelay(true);
      behind.setTcpNoDelay(true);
      FrontendMessages sent = new FrontendMessages(roundTrips, messages);
      daemon(() -> pump(client, behind, sent::read));
      daemon(() -> pump(behind, client, (bytes, length) -> {}));
    }
  }

  private interface Counter {
    void read(byte[] bytes, int length);
  }

  private static void pump(Socket from, Socket to, Counter counter) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        counter.read(buffer, length);
        out.write(buffer, 0, length);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One of the two has gone.
              }
            },
            "meter");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
