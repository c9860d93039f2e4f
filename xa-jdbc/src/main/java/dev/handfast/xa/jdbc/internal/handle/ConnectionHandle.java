package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.BranchModes;
import dev.handfast.xa.jdbc.internal.branch.BranchSavepoints;
import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import dev.handfast.xa.jdbc.internal.branch.DriverCall;
import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/**
 * Is the connection that the application holds. Closing it ends no branch. Inside a global
 * transaction, calls that would end the branch are refused and change nothing.
 */
public final class ConnectionHandle extends PreparingConnection {

  public ConnectionHandle(Connection connection, ConnectionUse use) {
    super(connection, use);
  }

  @Override
  public void close() throws SQLException {
    use().close(() -> target().close());
  }

  @Override
  public boolean isClosed() throws SQLException {
    return use().isBrokenOff() || use().callOr(true, () -> target().isClosed());
  }

  /** The connection is broken off by threads of ours; the executor is not needed. */
  @Override
  public void abort(Executor executor) throws SQLException {
    use().abort(() -> target().close());
  }

  @Override
  public void commit() throws SQLException {
    use().refuseInTransaction("commit()");
    run(() -> target().commit());
  }

  @Override
  public void rollback() throws SQLException {
    use().refuseInTransaction("rollback()");
    run(() -> target().rollback());
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    if (autoCommit) {
      use().refuseInTransaction("setAutoCommit(true)");
    }
    run(() -> target().setAutoCommit(autoCommit));
  }

  /** Makes a call that changes what the session keeps. */
  private void change(DriverCall.Step step) throws SQLException {
    use().touch().change();
    run(step);
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    BranchSavepoints savepoints = use().savepoints();
    return savepoints == null
        ? call(() -> target().setSavepoint())
        : savepoints.set(target(), null);
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    BranchSavepoints savepoints = use().savepoints();
    return savepoints == null
        ? call(() -> target().setSavepoint(name))
        : savepoints.set(target(), name);
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    BranchSavepoints savepoints = use().savepoints();
    if (savepoints == null) {
      use().refuseForeign(savepoint);
      run(() -> target().rollback(savepoint));
    } else {
      savepoints.rollback(target(), savepoint);
    }
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    BranchSavepoints savepoints = use().savepoints();
    if (savepoints == null) {
      use().refuseForeign(savepoint);
      run(() -> target().releaseSavepoint(savepoint));
    } else {
      savepoints.release(target(), savepoint);
    }
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    BranchModes modes = use().modes();
    if (modes == null) {
      change(() -> target().setTransactionIsolation(level));
    } else {
      modes.isolation(target(), level);
    }
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    return call(() -> target().getTransactionIsolation());
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    BranchModes modes = use().modes();
    if (modes == null) {
      change(() -> target().setReadOnly(readOnly));
    } else {
      modes.readOnly(target(), readOnly);
    }
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    BranchModes modes = use().modes();
    return modes == null ? call(() -> target().isReadOnly()) : modes.isReadOnly(target());
  }

  @Override
  public void setCatalog(String catalog) throws SQLException {
    change(() -> target().setCatalog(catalog));
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    change(() -> target().setSchema(schema));
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    change(() -> target().setTypeMap(map));
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    change(() -> target().setHoldability(holdability));
  }

  @Override
  public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
    change(() -> target().setNetworkTimeout(executor, milliseconds));
  }

  @Override
  public void setClientInfo(String name, String value) throws SQLClientInfoException {
    clientInfo(
        Map.of(name, ClientInfoStatus.REASON_UNKNOWN), () -> target().setClientInfo(name, value));
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    clientInfo(Map.of(), () -> target().setClientInfo(properties));
  }

  private void clientInfo(Map<String, ClientInfoStatus> failing, DriverCall.Step step)
      throws SQLClientInfoException {
    try {
      change(step);
    } catch (SQLClientInfoException e) {
      throw e;
    } catch (SQLException e) {
      throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), failing, e);
    }
  }
}
