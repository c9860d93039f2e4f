package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.dialect.SessionState;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the transaction on a connection is still the one that the branch began.
 *
 * <p>The driver tells the state of the transaction as of the server's last answer: {@code PREPARE
 * TRANSACTION} and {@code COMMIT} of a transaction in which a statement failed roll it back and
 * report success, and the driver then answers {@code XA_OK}. It does not tell one transaction from
 * another. The server is asked for that before something happens that may end the branch, and again
 * at the vote. No other statement can end it, so that nothing need be asked after them.
 */
final class PostgresSession implements SessionState {

  private static final String CONNECTION = "org.postgresql.core.BaseConnection";

  /** Is where the driver keeps the COPY for whose end it lets every other call wait. */
  private static final String OPEN_COPY = "lockedFor";

  private static final String IDLE = "IDLE";
  private static final String OPEN = "OPEN";
  private static final String FAILED = "FAILED";

  private static final String BY_COMMIT =
      "by a statement of the application such as COMMIT; what that committed stays";

  private final Connection connection;
  private final Method state;
  private final Object executor;
  private final @Nullable Field copy;
  private volatile boolean begunAtOnce;
  private volatile @Nullable PostgresTransaction branch;

  private PostgresSession(
      Connection connection, Method state, Object executor, @Nullable Field copy) {
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
      Connection connection = (Connection) handle.unwrap(type);
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

  /** A driver before 42.7.13 begins the transaction with the first statement. */
  @Override
  public void begun() {
    branch = null;
    begunAtOnce = state().equals(OPEN);
  }

  @Override
  public void remember() throws SQLException {
    if (branch != null) {
      return;
    }
    if (state().equals(FAILED)) {
      throw new SQLException(
          "a statement has failed in the transaction, and of what comes next it cannot be told"
              + " beforehand whether it ends the branch. To solve this, run ROLLBACK TO SAVEPOINT"
              + " as a text of its own, or leave the transaction.",
          PostgresCodes.IN_FAILED_TRANSACTION);
    }
    branch = PostgresTransaction.present(connection);
  }

  @Override
  public boolean inTransaction() {
    return !state().equals(IDLE);
  }

  @Override
  public void checkVote() throws XAException {
    String now = state();
    PostgresTransaction begun = branch;
    try {
      if (begun != null) {
        if (!now.equals(OPEN) || !begun.isPresent(connection)) {
          throw ended(begun, now);
        }
      } else if (now.equals(FAILED)) {
        throw failed();
      } else if (!now.equals(OPEN) && begunAtOnce) {
        throw error(XAException.XAER_RMERR, "the branch was ended " + BY_COMMIT);
      }
    } catch (SQLException e) {
      throw MaskedXaErrors.of(
          PostgresCodes.codeOf(e),
          "whether the branch still is what it was could not be found out: "
              + PostgresCodes.words(e),
          e);
    }
  }

  /** Says what became of the branch; what its session began afterwards is rolled back now. */
  private XAException ended(PostgresTransaction begun, String now) throws SQLException {
    boolean open = !now.equals(IDLE);
    if (now.equals(FAILED)) {
      rollBack();
    }
    PostgresTransaction.End end = begun.end(connection, now.equals(FAILED) ? 2 : 1);
    String since = open ? ", and what was done since is rolled back" : "";
    return switch (end) {
      case COMMITTED -> error(XAException.XAER_RMERR, "the branch was ended " + BY_COMMIT + since);
      case ROLLED_BACK ->
          now.equals(FAILED)
              ? failed()
              : error(
                  XAException.XA_RBROLLBACK,
                  "the branch was ended by a statement of the application such as ROLLBACK; nothing"
                      + " of it stays"
                      + since);
      case UNKNOWN ->
          error(
              XAException.XAER_RMERR,
              "the branch was ended by a statement of the application, and other transactions have"
                  + " been on its connection since; what they committed stays");
    };
  }

  private void rollBack() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    }
  }

  private static XAException failed() {
    return error(
        XAException.XA_RBROLLBACK,
        "a statement failed in the transaction, upon which PostgreSQL undid all its work (25P02);"
            + " its exception was caught and not passed on");
  }

  private static XAException error(int code, String text) {
    return MaskedXaErrors.of(code, text, null);
  }

  private String state() {
    try {
      return String.valueOf(state.invoke(connection));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the driver did not tell its state", e);
    }
  }
}
