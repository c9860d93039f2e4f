package dev.handfast.xa.jdbc.internal.pool;

import dev.handfast.xa.jdbc.internal.branch.ConnectionBrokenOffException;
import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import dev.handfast.xa.jdbc.internal.branch.Enlistment;
import dev.handfast.xa.jdbc.internal.branch.VotedBranches;
import dev.handfast.xa.jdbc.internal.connect.ConnectionFailures;
import dev.handfast.xa.jdbc.internal.handle.ConnectionHandle;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.spi.Uninterrupted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Is the data source that the application holds. Safe for use by many threads. */
public final class PooledDataSource extends UnloggedDataSource implements DataSource {

  /** Is how Agroal says that no connection came free in time; it has no type for it. */
  private static final String EXHAUSTED = "Sorry, acquisition timeout!";

  private final JdbcSettings settings;
  private final AgroalPool pool;
  private final Enlistment enlistment;
  private final OpenConnections connections;
  private final VotedBranches voted;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closed;

  public PooledDataSource(
      JdbcSettings settings,
      AgroalPool pool,
      Enlistment enlistment,
      OpenConnections connections,
      VotedBranches voted) {
    this.settings = settings;
    this.pool = pool;
    this.enlistment = enlistment;
    this.connections = connections;
    this.voted = voted;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (closed) {
      throw ConnectionFailures.closed(settings.name());
    }
    long start = System.nanoTime();
    waiting.incrementAndGet();
    try {
      Connection connection = lent();
      ConnectionUse use = enlistment.chosen();
      use.check();
      return new ConnectionHandle(connection, use);
    } catch (SQLException e) {
      throw inOurWords(e, Duration.ofNanos(System.nanoTime() - start));
    } finally {
      enlistment.forgetChosen();
      waiting.decrementAndGet();
    }
  }

  /** An interrupt that is pending would reach the driver; one that comes ends a wait. */
  private Connection lent() throws SQLException {
    while (true) {
      try {
        return Uninterrupted.<Connection, SQLException>call(pool::getConnection);
      } catch (ConnectionBrokenOffException e) {
        JdbcLog.debug(settings.name(), String.valueOf(e.getMessage()));
      }
    }
  }

  private SQLException inOurWords(SQLException failure, Duration elapsed) {
    if (closed) {
      return ConnectionFailures.closed(settings.name());
    }
    return EXHAUSTED.equals(failure.getMessage())
        ? PoolExhaustion.after(settings, elapsed, counts())
        : failure;
  }

  private String counts() {
    int total = connections.count();
    int active = enlistment.active();
    return "total "
        + total
        + " of max-size "
        + settings.maxSize()
        + ", active "
        + active
        + " (of these in doubt "
        + voted.count()
        + "), idle "
        + Math.max(0, total - active)
        + ", waiting "
        + waiting.get();
  }

  /** Lends nothing any more. */
  public void refuse() {
    closed = true;
  }

  public void close() {
    refuse();
    pool.close();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "Resource '"
            + settings.name()
            + "': credentials are those of the definition. To solve this, call getConnection()");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("Resource '" + settings.name() + "' wraps no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("set acquisition-timeout in the definition");
  }

  @Override
  public int getLoginTimeout() {
    return Math.toIntExact(settings.acquisitionTimeout().toSeconds());
  }

  @Override
  public String toString() {
    return "DataSource of resource '" + settings.name() + "'";
  }
}
