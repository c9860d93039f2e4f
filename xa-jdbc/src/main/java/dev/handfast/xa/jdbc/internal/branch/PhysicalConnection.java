package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.spi.Uninterrupted;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
  private final DriverAccess access;
  private final JdbcXaResource resource;
  private final ReentrantLock closing = new ReentrantLock();

  /**
   * @param bound how long a call may take that ends a use of the connection or the connection
   */
  public PhysicalConnection(
      XAConnection driver,
      Dialect dialect,
      Duration bound,
      VotedBranches voted,
      Health health,
      Consumer<PhysicalConnection> whenClosed)
      throws SQLException {
    this.driver = driver;
    this.dialect = dialect;
    this.voted = voted;
    this.whenClosed = whenClosed;
    this.state = new ConnectionState(dialect.closingLosesVotes(), this::close);
    this.access = new DriverAccess(driver, dialect, bound, new Aliveness(health, System::nanoTime));
    XAResource branches = dialect.workView(driver.getXAResource(), access::connection, bound);
    this.resource = new JdbcXaResource(branches, dialect, state, access, voted, health);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = driver.getConnection();
    access.opened(connection, dialect.session(connection), dialect.reset(connection));
    return connection;
  }

  @Override
  public XAResource getXAResource() {
    return resource;
  }

  /**
   * Closes the connection, now or once its branch is finished. If another thread is closing it, the
   * call waits for that. A close that does not end within the bound is broken off.
   */
  @Override
  public void close() {
    if (!Uninterrupted.<Boolean, RuntimeException>await(
        () -> closing.tryLock(access.bound().toNanos(), TimeUnit.NANOSECONDS))) {
      return;
    }
    try {
      if (state.closesNow()) {
        closeDriver();
      }
    } finally {
      closing.unlock();
    }
  }

  private void closeDriver() {
    Xid left = state.vote();
    if (left != null) {
      voted.remove(left, state);
    }
    String occupation = access.session().occupation();
    if (occupation != null) {
      access.breakOff(occupation);
    } else if (!Helper.start("close", driver::close).ends(access.bound())) {
      access.breakOff("it did not close within " + access.bound().toMillis() + " ms");
    }
    whenClosed.accept(this);
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
