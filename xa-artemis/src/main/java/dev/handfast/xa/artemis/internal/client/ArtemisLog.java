package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.spi.MessageLog;
import org.jspecify.annotations.Nullable;

/** Writes the messages about connections and branches to the log; see docs/messages.md. */
public final class ArtemisLog {

  private static final MessageLog LOG = MessageLog.of("dev.handfast.xa.artemis");

  private ArtemisLog() {}

  /** HANDFAST003001. */
  public static void leftInDoubt(String resource, String gtrid, String state) {
    LOG.infof(
        "HANDFAST003001 Resource '%s': the branch of transaction %s is %s; its session is closed,"
            + " the broker keeps the branch, and recovery finishes it.",
        resource, gtrid, state);
  }

  /** HANDFAST003002. */
  public static void rolledBackAtClose(String resource, String gtrid) {
    LOG.warnf(
        "HANDFAST003002 Resource '%s': the branch of transaction %s had not voted when the"
            + " resource was closed; it is rolled back.",
        resource, gtrid);
  }

  /** HANDFAST003003. */
  public static void brokenOff(String resource, String doing) {
    LOG.warnf(
        "HANDFAST003003 Resource '%s': a session still blocked when its transaction was to %s; its"
            + " connection is broken off.",
        resource, doing);
  }

  /** HANDFAST003004. */
  public static void closeHeldUp(String resource, String url, long millis, String step) {
    LOG.warnf(
        "HANDFAST003004 Resource '%s': the broker at %s did not answer within %d ms while the"
            + " resource was closed (%s); its connections are broken off.",
        resource, url, millis, step);
  }

  /** Logs at DEBUG what went wrong while something was closed. */
  public static void debug(String resource, String text, @Nullable Throwable cause) {
    LOG.debugf(cause, "Resource '%s': %s", resource, text);
  }
}
