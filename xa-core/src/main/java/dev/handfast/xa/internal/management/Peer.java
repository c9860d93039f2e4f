package dev.handfast.xa.internal.management;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.jboss.logging.Logger;

/** Who is at the other end of a Unix-domain socket. */
final class Peer {

  private static final Logger LOG = Logger.getLogger(Peer.class);

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
