package dev.handfast.examples.orders;

import dev.handfast.examples.orders.input.Invoice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The tables, with every stock code and every customer in them before the first invoice. */
final class Schema {

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS invoice (
            number VARCHAR(7) PRIMARY KEY,
            invoiced_at TIMESTAMP(0) NOT NULL,
            customer INTEGER,
            country VARCHAR(60) NOT NULL,
            total DECIMAL(15, 2) NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS invoice_line (
            invoice VARCHAR(7) NOT NULL REFERENCES invoice,
            position INTEGER NOT NULL,
            stock_code VARCHAR(20) NOT NULL,
            description VARCHAR(100) NOT NULL,
            quantity INTEGER NOT NULL,
            unit_price DECIMAL(7, 2) NOT NULL,
            PRIMARY KEY (invoice, position))
          """,
          """
          CREATE TABLE IF NOT EXISTS stock (
            code VARCHAR(20) PRIMARY KEY,
            opening BIGINT NOT NULL,
            units BIGINT NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS customer (
            id INTEGER PRIMARY KEY,
            balance DECIMAL(15, 2) NOT NULL)
          """);

  private Schema() {}

  /** Makes what is not there yet. Safe to repeat after a crash anywhere in it. */
  static void prepare(DataSource database, List<Invoice> invoices) throws SQLException {
    try (Connection connection = database.getConnection()) {
      try (Statement statement = connection.createStatement()) {
        for (String table : TABLES) {
          statement.execute(table);
        }
      }
      if (isEmpty(connection)) {
        fill(connection, invoices);
      }
    }
  }

  private static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT 1 FROM stock LIMIT 1")) {
      return !found.next();
    }
  }

  private static void fill(Connection connection, List<Invoice> invoices) throws SQLException {
    Collection<String> codes =
        invoices.stream()
            .flatMap(invoice -> invoice.lines().stream())
            .map(line -> line.stockCode())
            .collect(Collectors.toCollection(TreeSet::new));
    Collection<Integer> customers =
        invoices.stream()
            .map(Invoice::customer)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
    connection.setAutoCommit(false);
    insertEach(connection, "INSERT INTO stock VALUES (?, 100000, 100000)", codes);
    insertEach(connection, "INSERT INTO customer VALUES (?, 0)", customers);
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void insertEach(Connection connection, String sql, Collection<?> keys)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Object key : keys) {
        insert.setObject(1, key);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
