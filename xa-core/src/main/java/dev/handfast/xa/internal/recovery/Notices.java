package dev.handfast.xa.internal.recovery;

import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What a check has to say: held back until it is its turn, and logged at once afterwards, should
 * the check end so late. Safe for use by many threads.
 */
final class Notices {

  private static final Logger LOG = Logger.getLogger(RmAdmission.class);

  private final List<String> held = new ArrayList<>();
  private boolean released;

  /** Nothing is held back. */
  static Notices atOnce() {
    Notices notices = new Notices();
    notices.release();
    return notices;
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
