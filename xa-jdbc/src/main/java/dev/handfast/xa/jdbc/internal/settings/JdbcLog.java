package dev.handfast.xa.jdbc.internal.settings;

import org.jboss.logging.Logger;

/** Every message of this module; see docs/messages.md. */
public final class JdbcLog {

  private static final Logger LOG = Logger.getLogger("dev.handfast.xa.jdbc");

  private JdbcLog() {}

  /** HANDFAST002001. */
  public static void leftOpen(String resource, String xid, String mend) {
    LOG.warnf(
        "HANDFAST002001 Resource '%s': a connection is left open at close, because its branch %s has"
            + " voted and is not finished, and closing would lose the vote. To solve this, %s.",
        resource, xid, mend);
  }

  public static void debug(String resource, String text) {
    LOG.debugf("Resource '%s': %s", resource, text);
  }
}
