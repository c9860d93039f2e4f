package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
}
