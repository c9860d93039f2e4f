package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.dialect.SessionState;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the driver what it knows of the transaction on its connection since the server's last
 * answer. {@code PREPARE TRANSACTION} and {@code COMMIT} of a transaction in which a statement
 * failed roll it back and report success, and the driver then answers {@code XA_OK}; so the vote is
 * checked before.
 */
final class PostgresSession implements SessionState {

  private static final String CONNECTION = "org.postgresql.core.BaseConnection";

  /** Is where the driver keeps the COPY for whose end it lets every other call wait. */
  private static final String OPEN_COPY = "lockedFor";

  private final Object connection;
  private final Method state;
  private final Object executor;
  private final @Nullable Field copy;

  private PostgresSession(Object connection, Method state, Object executor, @Nullable Field copy) {
    this.connection = connection;
    this.state = state;
    this.executor = executor;
    this.copy = copy;
  }

  /**
   * Answers the session of a connection.
   *
   * @throws SQLException if the driver tells nothing of it: such a driver would lose work unseen
   */
  static PostgresSession of(Connection handle) throws SQLException {
    try {
      Class<?> type = Class.forName(CONNECTION, false, handle.getClass().getClassLoader());
      Object connection = handle.unwrap(type);
      Object executor = type.getMethod("getQueryExecutor").invoke(connection);
      return new PostgresSession(
          connection, type.getMethod("getTransactionState"), executor, openCopy(executor));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new SQLException(
          "This PostgreSQL driver does not tell the state of its transaction, without which a"
              + " rolled back branch would vote to commit. To solve this, use"
              + " org.postgresql:postgresql 42.7 or later.",
          e);
    }
  }

  private static @Nullable Field openCopy(Object executor) {
    try {
      Field field = executor.getClass().getDeclaredField(OPEN_COPY);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | RuntimeException e) {
      JdbcLog.debug("", "this PostgreSQL driver does not tell of an open COPY: " + e);
      return null;
    }
  }

  @Override
  public @Nullable String occupation() {
    try {
      return copy == null || copy.get(executor) == null
          ? null
          : "a COPY is still open on its connection. To solve this, read the COPY to its end, or"
              + " call endCopy() or cancelCopy(), before the transaction ends";
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  @Override
  public void checkVote() throws XAException {
    switch (state()) {
      case "OPEN" -> {
        // as it should be
      }
      case "FAILED" ->
          throw MaskedXaErrors.of(
              XAException.XA_RBROLLBACK,
              "a statement failed in the transaction, upon which PostgreSQL undid all its work"
                  + " (25P02); its exception was caught and not passed on",
              null);
      default ->
          throw MaskedXaErrors.of(
              XAException.XAER_RMERR,
              "the branch was ended by a statement of the application such as COMMIT; what that"
                  + " committed stays",
              null);
    }
  }

  private String state() throws XAException {
    try {
      return String.valueOf(state.invoke(connection));
    } catch (ReflectiveOperationException e) {
      throw MaskedXaErrors.of(XAException.XAER_RMERR, "the driver did not tell its state", e);
    }
  }
}
