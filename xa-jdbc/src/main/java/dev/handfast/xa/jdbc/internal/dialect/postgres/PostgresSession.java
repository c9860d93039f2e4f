package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.dialect.VoteCheck;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import javax.transaction.xa.XAException;

/**
 * Asks the driver what it knows of the transaction on its connection since the server's last
 * answer. {@code PREPARE TRANSACTION} and {@code COMMIT} of a transaction in which a statement
 * failed roll it back and report success, and the driver then answers {@code XA_OK}; so the vote is
 * checked before.
 */
final class PostgresSession implements VoteCheck {

  private static final String CONNECTION = "org.postgresql.core.BaseConnection";

  private final Object connection;
  private final Method state;

  private PostgresSession(Object connection, Method state) {
    this.connection = connection;
    this.state = state;
  }

  /**
   * Answers the session of a connection.
   *
   * @throws SQLException if the driver tells nothing of it: such a driver would lose work unseen
   */
  static PostgresSession of(Connection handle) throws SQLException {
    try {
      Class<?> type = Class.forName(CONNECTION, false, handle.getClass().getClassLoader());
      return new PostgresSession(handle.unwrap(type), type.getMethod("getTransactionState"));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new SQLException(
          "This PostgreSQL driver does not tell the state of its transaction, without which a"
              + " rolled back branch would vote to commit. To solve this, use"
              + " org.postgresql:postgresql 42.7 or later.",
          e);
    }
  }

  @Override
  public void check() throws XAException {
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
