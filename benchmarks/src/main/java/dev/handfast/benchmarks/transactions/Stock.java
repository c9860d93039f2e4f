package dev.handfast.benchmarks.transactions;

import dev.handfast.benchmarks.processes.Servers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The table of counters that each database has. */
final class Stock {

  private static final int ITEMS = 1_000;

  private Stock() {}

  static void update(DataSource database, int number) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(Servers.UPDATE)) {
      update.setInt(1, number % ITEMS);
      update.executeUpdate();
    }
  }
}
