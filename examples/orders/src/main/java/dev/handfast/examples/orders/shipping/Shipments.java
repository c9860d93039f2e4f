package dev.handfast.examples.orders.shipping;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The table of shipments. Knows nothing of transactions. */
final class Shipments {

  /** No key forbids a second shipment of an invoice: what is doubled is to be seen. */
  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS shipment (
        id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event VARCHAR(60) NOT NULL,
        invoice VARCHAR(7) NOT NULL,
        customer INTEGER,
        country VARCHAR(60) NOT NULL,
        order_lines INTEGER NOT NULL,
        units BIGINT NOT NULL,
        total DECIMAL(15, 2) NOT NULL)
      """;

  private Shipments() {}

  /** Makes the table if it is not there yet. */
  static void prepare(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
  }

  /** How many there are. */
  static int count(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM shipment")) {
      count.next();
      return count.getInt(1);
    }
  }

  /** Inserts one and returns its id. */
  static long book(Connection connection, InvoiceEvent event) throws SQLException {
    String sql =
        "INSERT INTO shipment (event, invoice, customer, country, order_lines, units, total)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, event.id());
      insert.setString(2, event.number());
      insert.setObject(3, event.customer());
      insert.setString(4, event.country());
      insert.setInt(5, event.lines());
      insert.setLong(6, event.units());
      insert.setBigDecimal(7, event.total().pounds());
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }
}
