package dev.handfast.xa.testkit.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * One database of a PostgreSQL server as one role sees it, through plain connections: no
 * transaction manager, nothing pooled, a new connection for each call.
 *
 * @param url {@code jdbc:postgresql://127.0.0.1:PORT/NAME}, without credentials
 */
public record PostgresDatabase(String url, String user, String password) {

  /** The same database as another role. */
  public PostgresDatabase as(String otherUser, String otherPassword) {
    return new PostgresDatabase(url, otherUser, otherPassword);
  }

  /** A new connection in autocommit mode. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** Runs one statement. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("'" + user + "' at " + url + " could not run: " + sql, e);
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
      throw new IllegalStateException("'" + user + "' at " + url + " could not ask: " + sql, e);
    }
    return values;
  }

  /** The gids of the prepared branches of this database, whoever owns them. */
  public List<String> preparedBranches() {
    return column(
        "SELECT gid FROM pg_prepared_xacts WHERE database = current_database() ORDER BY gid");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + " at " + url;
  }
}
