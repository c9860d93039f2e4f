package dev.handfast.xa.jdbc.internal.recover;

import dev.handfast.xa.jdbc.internal.connect.ConnectionFailures;
import dev.handfast.xa.jdbc.internal.connect.ConnectionSource;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * Holds the connection of recovery. It is opened when it is needed, kept, and dropped when it
 * fails. Safe for use by many threads.
 */
public final class DatabaseRecoveryConnection {

  private final String resource;
  private final ConnectionSource source;
  private final Dialect dialect;
  private final Duration timeout;
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Opened opened;
  private volatile boolean closed;

  public DatabaseRecoveryConnection(
      String resource, ConnectionSource source, Dialect dialect, Duration timeout) {
    this.resource = resource;
    this.source = source;
    this.dialect = dialect;
    this.timeout = timeout;
  }

  /**
   * Holds an open connection, the XAResource that recovery uses over it, and the same connection
   * for SQL.
   */
  record Opened(XAConnection driver, XAResource xa, Connection sql) {}

  /**
   * Answers the open connection, and opens one if there is none.
   *
   * @throws SQLException if the database cannot be reached
   */
  Opened get() throws SQLException {
    lock.lock();
    try {
      if (closed) {
        throw ConnectionFailures.closed(resource);
      }
      if (opened == null) {
        opened = open();
      }
      return opened;
    } finally {
      lock.unlock();
    }
  }

  private Opened open() throws SQLException {
    XAConnection driver = source.open();
    try {
      Connection sql = driver.getConnection();
      limit(sql);
      return new Opened(driver, dialect.recoveryView(driver.getXAResource(), sql, timeout), sql);
    } catch (SQLException | RuntimeException e) {
      closeQuietly(driver);
      throw e;
    }
  }

  /** Limits how long the database may keep a call waiting, where the driver can do that. */
  private void limit(Connection sql) {
    try {
      sql.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      JdbcLog.debug(resource, "the driver has no network timeout: " + e.getMessage());
    }
  }

  /** Whether the next {@link #get} gives a connection that may have died since its last use. */
  boolean isOpen() {
    lock.lock();
    try {
      return opened != null;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the connection. The next call of {@link #get} opens another. */
  void drop() {
    Opened dropped;
    lock.lock();
    try {
      dropped = opened;
      opened = null;
    } finally {
      lock.unlock();
    }
    if (dropped != null) {
      closeQuietly(dropped.driver());
    }
  }

  /** Closes the connection, within the timeout of a call. */
  public void close() {
    closed = true;
    if (!Helper.start("close-recovery", this::drop).ends(timeout)) {
      JdbcLog.debug(resource, "the connection of recovery does not close; it is left behind");
    }
  }

  private void closeQuietly(XAConnection driver) {
    try {
      driver.close();
    } catch (SQLException | RuntimeException e) {
      JdbcLog.debug(resource, "closing the connection of recovery failed: " + e.getMessage());
    }
  }
}
