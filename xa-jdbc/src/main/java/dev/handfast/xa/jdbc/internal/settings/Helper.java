package dev.handfast.xa.jdbc.internal.settings;

import dev.handfast.xa.spi.Uninterrupted;
import java.time.Duration;

/**
 * Is a thread of its own for one call into a driver that may take longer than anybody wants to
 * wait. It ends with the call and keeps no process alive.
 */
public final class Helper {

  /** Work of a helper. Whatever it throws is logged. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  private final Thread thread;

  private Helper(Thread thread) {
    this.thread = thread;
  }

  /** Starts the work on a new thread. */
  public static Helper start(String what, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Exception e) {
                JdbcLog.debug("", what + " failed: " + e.getMessage());
              }
            },
            "handfast-jdbc-" + what);
    thread.setDaemon(true);
    thread.start();
    return new Helper(thread);
  }

  /**
   * Waits for the end of the work.
   *
   * @return false if it did not come in time
   */
  public boolean ends(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    Uninterrupted.<Boolean, RuntimeException>await(
        () -> {
          long millis = (end - System.nanoTime()) / 1_000_000;
          thread.join(Math.max(1, millis));
          return true;
        });
    return !thread.isAlive();
  }
}
