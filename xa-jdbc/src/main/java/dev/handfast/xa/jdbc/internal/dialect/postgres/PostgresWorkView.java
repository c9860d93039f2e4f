package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.ForwardingXaResource;
import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.dialect.SqlStates;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Mends the driver's XAResource for the branches of the application's work.
 *
 * <ul>
 *   <li>A branch that voted belongs to the role that the application had taken by then, with {@code
 *       SET LOCAL ROLE} for example, and may be finished under that role only.
 *   <li>The driver says of a read-only connection that its branch is finished with the vote, and
 *       has the server prepare it all the same.
 *   <li>Whatever a call failed with, a connection that is closed is lost.
 * </ul>
 */
final class PostgresWorkView extends ForwardingXaResource {

  private final XAResource driver;
  private final Supplier<@Nullable Connection> sql;

  /**
   * @param sql answers the connection on which the branches are
   */
  PostgresWorkView(XAResource driver, Supplier<@Nullable Connection> sql) {
    this.driver = driver;
    this.sql = sql;
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    return ask(
        resource -> {
          resource.prepare(xid);
          return XA_OK;
        });
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    try {
      super.commit(xid, onePhase);
    } catch (XAException e) {
      finishAsOwner(xid, true, e);
    }
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    try {
      super.rollback(xid);
    } catch (XAException e) {
      finishAsOwner(xid, false, e);
    }
  }

  private void finishAsOwner(Xid xid, boolean commit, XAException refusal) throws XAException {
    Connection connection = sql.get();
    if (connection == null
        || !(refusal.getCause() instanceof SQLException cause)
        || !SqlStates.of(cause).equals(PostgresCodes.INSUFFICIENT_PRIVILEGE)) {
      throw refusal;
    }
    try {
      boolean auto = connection.getAutoCommit();
      connection.setAutoCommit(true);
      String before = role(connection);
      try {
        new PostgresRecoveryView(driver, connection).finish(xid, commit);
      } finally {
        take(connection, before);
        connection.setAutoCommit(auto);
      }
    } catch (SQLException e) {
      throw MaskedXaErrors.of(PostgresCodes.codeOf(e), PostgresCodes.words(e), e);
    }
  }

  private static String role(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW role")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void take(Connection connection, String role) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(PostgresRecoveryView.takeRole(role));
    }
  }

  @Override
  protected <T> T ask(XaCall.Question<T> call) throws XAException {
    try {
      return call.ask(driver);
    } catch (XAException e) {
      throw isClosed() && !XaErrors.isRollback(e.errorCode) ? lost(e) : e;
    }
  }

  private boolean isClosed() {
    Connection connection = sql.get();
    try {
      return connection != null && connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  private static XAException lost(XAException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String text = "the connection is closed: " + cause.getMessage();
    return MaskedXaErrors.of(
        XAException.XAER_RMFAIL,
        text,
        new SQLNonTransientConnectionException(text, PostgresCodes.CONNECTION_FAILURE, cause));
  }
}
