package dev.handfast.xa.jdbc;

import dev.handfast.xa.spi.ResourceManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbc.JdbcConnection;

/** An H2 file database, looked at past the adapter. */
record Db(String url) {

  static final String USER = "sa";
  static final String PASSWORD = "Tr0ub4dor";

  static Db in(Path directory) throws SQLException {
    Db db = new Db("jdbc:h2:" + directory.resolve("orders").toAbsolutePath());
    db.run("CREATE TABLE IF NOT EXISTS item(id INT PRIMARY KEY)");
    return db;
  }

  /** A database whose file is none. */
  static Db unusable(Path directory) throws IOException {
    Files.writeString(directory.resolve("orders.mv.db"), "no database".repeat(2000));
    return new Db("jdbc:h2:" + directory.resolve("orders").toAbsolutePath());
  }

  JdbcResource resource(UnaryOperator<JdbcResource.Builder> more) {
    return more.apply(JdbcResource.named("orders").url(url).username(USER).password(PASSWORD))
        .build();
  }

  ResourceManager<DataSource> open(HandDriven transactions) {
    return open(transactions, builder -> builder);
  }

  ResourceManager<DataSource> open(
      HandDriven transactions, UnaryOperator<JdbcResource.Builder> more) {
    return resource(more).open(transactions);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, USER, PASSWORD);
  }

  void run(String sql) throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, sql);
    }
  }

  List<Integer> items() throws SQLException {
    try (Connection connection = connect()) {
      return items(connection);
    }
  }

  List<String> inDoubt() throws SQLException {
    var names = new ArrayList<String>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT TRANSACTION_NAME FROM INFORMATION_SCHEMA.IN_DOUBT")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  static List<Integer> items(Connection connection) throws SQLException {
    var ids = new ArrayList<Integer>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM item ORDER BY id")) {
      while (rows.next()) {
        ids.add(rows.getInt(1));
      }
    }
    return ids;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void insert(DataSource source, int id) throws SQLException {
    try (Connection connection = source.getConnection()) {
      execute(connection, "INSERT INTO item VALUES(" + id + ")");
    }
  }

  static Xid[] list(XAResource recovery) throws XAException {
    return recovery.recover(XAResource.TMSTARTRSCAN);
  }

  /** The driver's connection behind one of the pool. */
  static JdbcConnection physical(Connection connection) throws SQLException {
    return connection.unwrap(JdbcConnection.class);
  }

  /** The number of a connection's session; numbers are used again. */
  static int session(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT SESSION_ID()")) {
      row.next();
      return row.getInt(1);
    }
  }
}
