package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.spi.Uninterrupted;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Holds the statement that is executed on a connection, and cancels it. Safe for many threads. */
final class RunningStatement {

  private final String resource;
  private volatile @Nullable Statement statement;
  private volatile boolean cancelled;

  RunningStatement(String resource) {
    this.resource = resource;
  }

  /** Answers the statement, null if none is executed or if what runs has none. */
  @Nullable Statement statement() {
    return statement;
  }

  void set(@Nullable Statement executed) {
    statement = executed;
  }

  /** Sends a cancel, if there is a statement. */
  void cancel() {
    Statement busy = statement;
    if (busy != null) {
      try {
        busy.cancel();
        cancelled = true;
      } catch (SQLException e) {
        JdbcLog.debug(resource, "a statement could not be cancelled: " + e.getMessage());
      }
    }
  }

  /** Says for a message what did not end within a time, and whether it was cancelled. */
  String notEnded(Duration bound) {
    String within = " did not end within " + bound.toMillis() + " ms";
    if (cancelled) {
      return "a statement" + within + " of its cancel";
    }
    return statement == null
        ? "a call that cannot be cancelled" + within
        : "a statement" + within + ", and its cancel did not come through";
  }

  /**
   * Waits until no work is done under the lock, and cancels what another thread does. A connection
   * on which it does not end within the bound is broken off.
   *
   * @return true with the lock held, false if the connection had to be broken off
   */
  boolean awaitEnd(ReentrantLock lock, DriverAccess access) {
    if (lock.tryLock()) {
      return true;
    }
    String occupation = access.session().occupation();
    if (occupation != null) {
      access.breakOff(occupation);
      return false;
    }
    long end = System.nanoTime() + access.bound().toNanos();
    Helper cancel = Helper.start("cancel", this::cancel);
    boolean idle =
        Uninterrupted.<Boolean, RuntimeException>await(
            () -> lock.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS));
    // A cancel that is still on its way would hit whatever comes next on the connection.
    if (idle && cancel.ends(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
      return true;
    }
    if (idle) {
      lock.unlock();
    }
    access.breakOff(notEnded(access.bound()));
    return false;
  }
}
