package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.ConnectionEventListener;
import javax.sql.StatementEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Is one connection to the database, whatever the pool thinks of it. While its branch has voted and
 * is not finished, {@link #close()} only takes a note, and the connection is closed once the branch
 * is finished. Safe for use by many threads.
 */
public final class PhysicalConnection implements XAConnection {

  private final XAConnection driver;
  private final Dialect dialect;
  private final VotedBranches voted;
  private final Consumer<PhysicalConnection> whenClosed;
  private final ConnectionState state;
  private final JdbcXaResource resource;
  private final ReentrantLock closing = new ReentrantLock();

  public PhysicalConnection(
      XAConnection driver,
      Dialect dialect,
      VotedBranches voted,
      Consumer<PhysicalConnection> whenClosed)
      throws SQLException {
    this.driver = driver;
    this.dialect = dialect;
    this.voted = voted;
    this.whenClosed = whenClosed;
    this.state = new ConnectionState(dialect.closingLosesVotes(), this::closeAfterBranch);
    XAResource branches = dialect.workView(driver.getXAResource());
    this.resource = new JdbcXaResource(branches, dialect, state, voted);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = driver.getConnection();
    resource.checkVotesBy(dialect.voteCheck(connection));
    return connection;
  }

  @Override
  public XAResource getXAResource() {
    return resource;
  }

  /**
   * Closes the connection, now or once its branch is finished. If another thread is closing it, the
   * call waits for that.
   */
  @Override
  public void close() throws SQLException {
    closing.lock();
    try {
      if (state.closesNow()) {
        closeDriver();
      }
    } finally {
      closing.unlock();
    }
  }

  private void closeAfterBranch() {
    try {
      close();
    } catch (SQLException e) {
      JdbcLog.debug("", "closing after the branch failed: " + e.getMessage());
    }
  }

  private void closeDriver() throws SQLException {
    Xid left = state.vote();
    if (left != null) {
      voted.remove(left, state);
    }
    try {
      driver.close();
    } catch (RuntimeException e) {
      throw new SQLException("The connection was gone before it was closed", e);
    } finally {
      whenClosed.accept(this);
    }
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    driver.addConnectionEventListener(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    driver.removeConnectionEventListener(listener);
  }

  @Override
  public void addStatementEventListener(StatementEventListener listener) {
    driver.addStatementEventListener(listener);
  }

  @Override
  public void removeStatementEventListener(StatementEventListener listener) {
    driver.removeStatementEventListener(listener);
  }
}
