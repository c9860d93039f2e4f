package dev.handfast.xa.testkit.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An H2 file database, looked at through plain connections of the process that calls. H2's driver
 * is the test's own dependency.
 *
 * @param url {@code jdbc:h2:file:…}, written at once and not up to half a second later
 */
public record H2Database(String url) {

  /** A new connection in autocommit mode. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** Runs one statement. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(url + " could not run: " + sql, e);
    }
  }

  /** The first column of a query's rows, as text. */
  public List<String> column(String sql) {
    List<String> values = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(url + " could not ask: " + sql, e);
    }
    return values;
  }

  /** The names of the prepared branches. */
  public List<String> preparedBranches() {
    return column("SELECT TRANSACTION_NAME FROM INFORMATION_SCHEMA.IN_DOUBT ORDER BY 1");
  }
}
