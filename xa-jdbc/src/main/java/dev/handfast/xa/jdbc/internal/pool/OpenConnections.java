package dev.handfast.xa.jdbc.internal.pool;

import dev.handfast.xa.jdbc.internal.branch.Health;
import dev.handfast.xa.jdbc.internal.branch.PhysicalConnection;
import dev.handfast.xa.jdbc.internal.branch.VotedBranches;
import dev.handfast.xa.jdbc.internal.connect.ConnectionSource;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.spi.Uninterrupted;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.XAConnection;

/**
 * Opens the connections of the application's work, and knows those that are open. Safe for use by
 * many threads.
 */
public final class OpenConnections {

  private final ConnectionSource source;
  private final Dialect dialect;
  private final Duration bound;
  private final VotedBranches voted;
  private final Health health;
  private final Set<PhysicalConnection> open = ConcurrentHashMap.newKeySet();

  /**
   * @param bound how long a call may take that ends a use of a connection or the connection
   */
  public OpenConnections(
      ConnectionSource source,
      Dialect dialect,
      Duration bound,
      VotedBranches voted,
      Health health) {
    this.source = source;
    this.dialect = dialect;
    this.bound = bound;
    this.voted = voted;
    this.health = health;
  }

  PhysicalConnection connect() throws SQLException {
    try {
      PhysicalConnection connection = physical(driver());
      open.add(connection);
      health.opened();
      return connection;
    } catch (SQLException e) {
      health.failed(e);
      throw e;
    }
  }

  /** Opens on a thread that nobody interrupts, where an interrupt would close the database. */
  private XAConnection driver() throws SQLException {
    if (!dialect.interruptClosesDatabase()) {
      return source.open();
    }
    var opening = new FutureTask<>(source::open);
    Helper.start("open", opening::run);
    try {
      return Uninterrupted.<XAConnection, ExecutionException>await(opening::get);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e.getCause());
    }
  }

  private PhysicalConnection physical(XAConnection driver) throws SQLException {
    try {
      return new PhysicalConnection(driver, dialect, bound, voted, health, open::remove);
    } catch (SQLException e) {
      driver.close();
      throw e;
    }
  }

  /** Closes all of them at the same time, and waits for that until the bound has passed. */
  public void closeAll() {
    long end = System.nanoTime() + bound.toNanos();
    List<Helper> closing =
        open.stream().map(connection -> Helper.start("close-all", connection::close)).toList();
    for (Helper each : closing) {
      each.ends(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  int count() {
    return open.size();
  }
}
