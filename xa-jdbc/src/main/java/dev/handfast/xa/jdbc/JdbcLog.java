package dev.handfast.xa.jdbc;

import org.jboss.logging.Logger;

/** Every message of this module; see docs/messages.md. */
final class JdbcLog {

  private static final Logger LOG = Logger.getLogger("dev.handfast.xa.jdbc");

  private JdbcLog() {}

  /** HANDFAST002001. */
  static void leftOpen(String resource, String xid, String mend) {
    LOG.warnf(
        "HANDFAST002001 datasource %s: a connection is left open at close, because its branch %s has"
            + " voted and is not finished, and closing would lose the vote. To solve this, %s.",
        resource, xid, mend);
  }

  /** HANDFAST002002. */
  static void memoryOnly(String resource, String url) {
    LOG.warnf(
        "HANDFAST002002 datasource %s: %s is in memory: nothing of it can be recovered. To solve"
            + " this, use a file database outside tests.",
        resource, url);
  }

  /** HANDFAST002003. */
  static void poolWarning(String resource, String text) {
    LOG.warnf("HANDFAST002003 datasource %s: pool: %s", resource, text);
  }

  static void debug(String resource, String text) {
    LOG.debugf("datasource %s: %s", resource, text);
  }
}
