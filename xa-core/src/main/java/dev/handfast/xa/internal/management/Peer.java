package dev.handfast.xa.internal.management;

import dev.handfast.xa.spi.MessageLog;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/** Who is at the other end of a Unix-domain socket. */
final class Peer {

  private static final MessageLog LOG = MessageLog.of(Peer.class);

  private Peer() {}

  /** The user's name; {@code ?} where the platform does not tell. */
  static String user(SocketChannel client) {
    try {
      return client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    } catch (IOException | UnsupportedOperationException | LinkageError e) {
      LOG.debug("The user of a client cannot be told", e);
      return "?";
    }
  }
}
