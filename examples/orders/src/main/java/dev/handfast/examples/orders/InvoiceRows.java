package dev.handfast.examples.orders;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.OrderLine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** What an invoice does to the database. Knows nothing of transactions. */
final class InvoiceRows {

  private InvoiceRows() {}

  /**
   * Inserts the invoice and its lines, moves the stock, and charges the customer if there is one.
   * Rows that others may want too are locked last and in one order: stock by code, then the
   * customer.
   */
  static void write(Connection connection, Invoice invoice) throws SQLException {
    insertInvoice(connection, invoice);
    insertLines(connection, invoice);
    moveStock(connection, invoice);
    if (invoice.customer() != null) {
      charge(connection, invoice.customer(), invoice);
    }
  }

  /** The numbers of the invoices that are booked. */
  static Set<String> booked(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT number FROM invoice")) {
      Set<String> numbers = new HashSet<>();
      while (rows.next()) {
        numbers.add(rows.getString(1));
      }
      return numbers;
    }
  }

  private static void insertInvoice(Connection connection, Invoice invoice) throws SQLException {
    String sql = "INSERT INTO invoice VALUES (?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, invoice.number());
      insert.setObject(2, invoice.date());
      insert.setObject(3, invoice.customer());
      insert.setString(4, invoice.country());
      insert.setBigDecimal(5, invoice.total().pounds());
      insert.executeUpdate();
    }
  }

  private static void insertLines(Connection connection, Invoice invoice) throws SQLException {
    String sql = "INSERT INTO invoice_line VALUES (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      int position = 0;
      for (OrderLine line : invoice.lines()) {
        insert.setString(1, invoice.number());
        insert.setInt(2, ++position);
        insert.setString(3, line.stockCode());
        insert.setString(4, line.description());
        insert.setInt(5, line.quantity());
        insert.setBigDecimal(6, line.unitPrice().pounds());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void moveStock(Connection connection, Invoice invoice) throws SQLException {
    String sql = "UPDATE stock SET units = units - ? WHERE code = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Map.Entry<String, Long> sold : invoice.unitsByStockCode().entrySet()) {
        update.setLong(1, sold.getValue());
        update.setString(2, sold.getKey());
        requireOneRow(update.executeUpdate(), "stock", sold.getKey());
      }
    }
  }

  private static void charge(Connection connection, int customer, Invoice invoice)
      throws SQLException {
    String sql = "UPDATE customer SET balance = balance + ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setBigDecimal(1, invoice.total().pounds());
      update.setInt(2, customer);
      requireOneRow(update.executeUpdate(), "customer", customer);
    }
  }

  private static void requireOneRow(int rows, String table, Object key) throws SQLException {
    if (rows != 1) {
      throw new SQLException("table " + table + " has " + rows + " rows for " + key + ", not one");
    }
  }
}
