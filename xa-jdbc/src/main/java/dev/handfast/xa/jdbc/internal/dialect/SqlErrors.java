package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.spi.GlobalTransaction;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The words of what the application is refused. None contains a secret. */
public final class SqlErrors {

  private static final String INVALID_TRANSACTION_STATE = "25000";
  private static final String NO_CONNECTION = "08001";

  private SqlErrors() {}

  public static SQLException refused(String resource, GlobalTransaction transaction) {
    String why = transaction.acceptsWork() ? "ending" : transaction.refusal();
    return invalid(
        "Resource '"
            + resource
            + "': work is refused, because global transaction "
            + transaction.gtrid()
            + " is "
            + why
            + ". To solve this, leave the transaction and run the work in a new one.",
        null);
  }

  public static SQLException takenOutside(String resource, GlobalTransaction current) {
    return invalid(
        "Resource '"
            + resource
            + "': this connection was taken before global transaction "
            + current.gtrid()
            + " began and is not part of it. To solve this, call getConnection() inside the"
            + " transaction.",
        null);
  }

  public static SQLException foreign(
      String resource, GlobalTransaction owner, @Nullable GlobalTransaction current) {
    return invalid(
        "Resource '"
            + resource
            + "': this connection belongs to global transaction "
            + owner.gtrid()
            + ", but the calling thread is in "
            + (current == null ? "none" : current.gtrid())
            + ". To solve this, use it in its own transaction and on its thread.",
        null);
  }

  public static SQLException endsBranch(
      String resource, GlobalTransaction transaction, String call) {
    return invalid(
        "Resource '"
            + resource
            + "': "
            + call
            + " is refused inside global transaction "
            + transaction.gtrid()
            + ", because it would end this database's part of it. To solve this, leave the end to"
            + " the transaction manager, and run definitions and settings outside a transaction.",
        null);
  }

  public static SQLException notEnlisted(
      String resource, GlobalTransaction transaction, Throwable cause) {
    return invalid(
        "Resource '"
            + resource
            + "': no branch could be started in global transaction "
            + transaction.gtrid()
            + ", which is now rolled back: "
            + cause.getMessage(),
        cause);
  }

  public static SQLException exhausted(JdbcSettings settings, Duration elapsed, String counts) {
    return new SQLTransientConnectionException(
        "Resource '"
            + settings.name()
            + "': no connection came free within "
            + elapsed.toMillis()
            + " ms ("
            + settings.key("acquisition-timeout")
            + " = "
            + settings.acquisitionTimeout().toMillis()
            + "ms): "
            + counts
            + ". To solve this, close connections sooner, or raise "
            + settings.key("max-size")
            + ".",
        NO_CONNECTION);
  }

  public static SQLException closed(String resource) {
    return new SQLNonTransientException(
        "Resource '" + resource + "': the runtime it belongs to is closed", NO_CONNECTION);
  }

  public static SQLException cannotConnect(String where, Dialect.Refusal why, SQLException cause) {
    String mend =
        switch (why) {
          case CREDENTIALS -> "give the right user and password";
          case RIGHTS -> "give the user the right, or name another user";
          case UNKNOWN_DATABASE -> "correct the URL or create the database";
          case UNREACHABLE -> "see that the database runs and is not in use by another process";
        };
    return new SQLException(
        where + ": cannot connect: " + cause.getMessage() + ". To solve this, " + mend + ".",
        cause.getSQLState(),
        cause.getErrorCode(),
        cause);
  }

  private static SQLException invalid(String message, @Nullable Throwable cause) {
    return new SQLNonTransientException(message, INVALID_TRANSACTION_STATE, cause);
  }
}
