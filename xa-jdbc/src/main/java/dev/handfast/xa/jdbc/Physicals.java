package dev.handfast.xa.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.XAConnection;

/** All connections of the application's work that are open. Safe for use by many threads. */
final class Physicals {

  private final ConnectionSource source;
  private final Dialect dialect;
  private final VotedBranches voted;
  private final Set<PhysicalConnection> open = ConcurrentHashMap.newKeySet();

  Physicals(ConnectionSource source, Dialect dialect, VotedBranches voted) {
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

  List<PhysicalConnection> all() {
    return List.copyOf(open);
  }
}
