package dev.handfast.xa.jdbc.internal.connect;

import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.config.Scrubber;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;

/** Makes the exceptions that tell why there is no connection. Their texts hold no secret. */
public final class ConnectionFailures {

  /** The SQLSTATE of a connection that could not be made. */
  public static final String NO_CONNECTION = "08001";

  /** Causes may go round in a circle. */
  private static final int DEEPEST = 50;

  private ConnectionFailures() {}

  /** Says that the runtime of the resource is closed. */
  public static SQLException closed(String resource) {
    return new SQLNonTransientException(
        "Resource '" + resource + "': the runtime it belongs to is closed", NO_CONNECTION);
  }

  /** Says that the database could not be reached, or that it refused the user. */
  static SQLException cannotConnect(
      String where, Dialect.Refusal why, SQLException cause, Scrubber scrubber) {
    String mend =
        switch (why) {
          case CREDENTIALS -> "give the right user and password";
          case RIGHTS -> "give the user the right, or name another user";
          case UNKNOWN_DATABASE -> "correct the URL or create the database";
          case UNREACHABLE -> "see that the database runs and is not in use by another process";
        };
    return new SQLException(
        where
            + ": cannot connect: "
            + scrubber.text(reason(cause))
            + ". To solve this, "
            + Refusal.mend(cause, mend)
            + ".",
        cause.getSQLState(),
        cause.getErrorCode(),
        scrubber.failure(cause));
  }

  /** What the driver says, with what it says only in the last cause. */
  private static String reason(SQLException failure) {
    String text = String.valueOf(failure.getMessage());
    Throwable last = failure;
    for (int i = 0; i < DEEPEST && last.getCause() != null; i++) {
      last = last.getCause();
    }
    String why = last.getMessage();
    return why == null || text.contains(why) ? text : text + " (" + why + ")";
  }
}
