package dev.handfast.examples.orders.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads what is asked for, over plain JDBC. */
@FunctionalInterface
interface Rows {

  /** Takes what it needs from the current row. */
  void read(ResultSet row) throws SQLException;

  static void query(Connection connection, String sql, Rows reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  /** How many branches are prepared and not finished. */
  static int inDoubt(Connection connection) throws SQLException {
    int[] count = new int[1];
    query(
        connection,
        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.IN_DOUBT",
        row -> count[0] = row.getInt(1));
    return count[0];
  }
}
