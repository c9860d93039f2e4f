package dev.handfast.xa.internal.rm;

import dev.handfast.xa.spi.MessageLog;
import java.util.ArrayList;
import java.util.List;

/**
 * Warnings of a check of a resource manager. They are held back until it is the turn of that
 * resource manager to be reported, and go to the log at once afterwards. Safe for use by many
 * threads.
 */
final class DeferredWarnings {

  private static final MessageLog LOG = MessageLog.of(RmAdmission.class);

  private final List<String> held = new ArrayList<>();
  private boolean released;

  /** Every warning goes to the log at once. */
  static DeferredWarnings none() {
    DeferredWarnings warnings = new DeferredWarnings();
    warnings.release();
    return warnings;
  }

  synchronized void warn(String message) {
    if (released) {
      LOG.warn(message);
    } else {
      held.add(message);
    }
  }

  synchronized void release() {
    released = true;
    held.forEach(LOG::warn);
    held.clear();
  }
}
