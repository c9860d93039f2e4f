package dev.handfast.xa.jdbc.internal.settings;

import dev.handfast.xa.spi.MessageLog;

/** Writes every message of this module; docs/messages.md explains them. */
public final class JdbcLog {

  private static final MessageLog LOG = MessageLog.of("dev.handfast.xa.jdbc");

  private JdbcLog() {}

  /** Writes HANDFAST002001: a connection is left open at close. */
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
