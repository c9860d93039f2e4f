package dev.handfast.xa.jdbc.internal.pool;

import dev.handfast.xa.jdbc.internal.branch.PhysicalConnection;
import dev.handfast.xa.jdbc.internal.branch.VotedBranches;
import dev.handfast.xa.jdbc.internal.connect.ConnectionSource;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.XAConnection;

/**
 * Opens the connections of the application's work, and knows those that are open. Safe for use by
 * many threads.
 */
public final class OpenConnections {

  private final ConnectionSource source;
  private final Dialect dialect;
  private final VotedBranches voted;
  private final Set<PhysicalConnection> open = ConcurrentHashMap.newKeySet();

  public OpenConnections(ConnectionSource source, Dialect dialect, VotedBranches voted) {
    this.source = source;
    this.dialect = dialect;
    this.voted = voted;
  }

  PhysicalConnection connect() throws SQLException {
    XAConnection driver = source.open();
    try {
      var connection = new PhysicalConnection(driver, dialect, voted, open::remove);
      open.add(connection);
      return connection;
    } catch (SQLException e) {
      driver.close();
      throw e;
    }
  }

  int count() {
    return open.size();
  }

  public List<PhysicalConnection> all() {
    return List.copyOf(open);
  }
}
