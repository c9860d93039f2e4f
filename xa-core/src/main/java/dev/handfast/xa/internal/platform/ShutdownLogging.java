package dev.handfast.xa.internal.platform;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Handfast's log readable while the process ends. With java.util.logging its own shutdown
 * hook takes all handlers away, beside ours and in no order, and what is logged afterwards is lost.
 * Other logging libraries are left as they are.
 */
public final class ShutdownLogging {

  private static final String OURS = "dev.handfast";
  private static final String BACKEND = "org.jboss.logging.JDKLogger";
  private static final String CLEANER = "java.util.logging.LogManager$Cleaner";
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(5);

  private final Logger logger = Logger.getLogger(OURS);
  private final @Nullable Level level;

  /** Looks at what is logged now, long before the end. */
  public ShutdownLogging() {
    level = isBackend() && hasHandlers() ? level() : null;
  }

  private static boolean isBackend() {
    return org.jboss.logging.Logger.getLogger(OURS).getClass().getName().equals(BACKEND);
  }

  /** Whether what Handfast logs reaches a handler. */
  private boolean hasHandlers() {
    for (Logger at = logger; at != null; at = at.getUseParentHandlers() ? at.getParent() : null) {
      if (at.getHandlers().length > 0) {
        return true;
      }
    }
    return false;
  }

  private Level level() {
    for (Logger at = logger; at != null; at = at.getParent()) {
      if (at.getLevel() != null) {
        return at.getLevel();
      }
    }
    return Level.INFO;
  }

  /**
   * Sees to it that what is logged from now on reaches standard error, as it reached a handler
   * before. Call it first thing in a shutdown hook. It waits a second at most for java.util.logging
   * to have taken its handlers away, and does nothing if they stay.
   */
  public void restore() {
    if (level == null) {
      return;
    }
    try {
      awaitLoss(System.nanoTime() + LONGEST_WAIT.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!hasHandlers()) {
      Handler handler = new ConsoleHandler();
      handler.setLevel(level);
      logger.addHandler(handler);
    }
  }

  private void awaitLoss(long end) throws InterruptedException {
    while (hasHandlers() && System.nanoTime() - end < 0) {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getClass().getName().equals(CLEANER)) {
        thread.join(LONGEST_WAIT.toMillis()); // it may still be on its way through the loggers
      }
    }
  }
}
