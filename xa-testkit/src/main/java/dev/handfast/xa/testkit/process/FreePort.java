package dev.handfast.xa.testkit.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds loopback ports for servers that will be killed and started again on the same port. They lie
 * below the range from which the system takes the ports of outgoing connections: in that range
 * somebody else's connection, or the server's own client connecting to itself, takes the port while
 * the server is down.
 */
public final class FreePort {

  private static final int FIRST = 15_000;
  private static final int LAST = 31_999;
  private static final int ATTEMPTS = 1_000;

  private FreePort() {}

  /** A port on which nobody listens at this moment. */
  public static int find() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " to " + LAST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
