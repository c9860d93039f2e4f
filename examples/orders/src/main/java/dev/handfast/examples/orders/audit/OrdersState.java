package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.Money;
import dev.handfast.examples.orders.input.OrderLine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the database of the orders holds.
 *
 * @param invoices by number
 * @param sold units that each stock code has less than at the opening
 * @param balances by customer
 * @param inDoubt branches that are prepared and not finished
 */
record OrdersState(
    Map<String, Entry> invoices,
    Map<String, Long> sold,
    Map<Integer, Money> balances,
    int inDoubt) {

  OrdersState {
    invoices = Map.copyOf(invoices);
    sold = Map.copyOf(sold);
    balances = Map.copyOf(balances);
  }

  static OrdersState read(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return new OrdersState(
          invoices(connection), sold(connection), balances(connection), Rows.inDoubt(connection));
    }
  }

  private static Map<String, Entry> invoices(Connection connection) throws SQLException {
    Map<String, List<OrderLine>> lines = lines(connection);
    Map<String, Entry> invoices = new LinkedHashMap<>();
    Rows.query(
        connection,
        "SELECT number, invoiced_at, customer, country, total FROM invoice",
        row -> {
          Invoice invoice =
              new Invoice(
                  row.getString(1),
                  row.getObject(2, LocalDateTime.class),
                  row.getObject(3, Integer.class),
                  row.getString(4),
                  lines.getOrDefault(row.getString(1), List.of()));
          invoices.put(invoice.number(), new Entry(invoice, Money.of(row.getBigDecimal(5))));
        });
    return invoices;
  }

  private static Map<String, List<OrderLine>> lines(Connection connection) throws SQLException {
    Map<String, List<OrderLine>> lines = new LinkedHashMap<>();
    Rows.query(
        connection,
        "SELECT invoice, stock_code, description, quantity, unit_price FROM invoice_line"
            + " ORDER BY invoice, position",
        row ->
            lines
                .computeIfAbsent(row.getString(1), number -> new ArrayList<>())
                .add(
                    new OrderLine(
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        Money.of(row.getBigDecimal(5)))));
    return lines;
  }

  private static Map<String, Long> sold(Connection connection) throws SQLException {
    Map<String, Long> sold = new LinkedHashMap<>();
    Rows.query(
        connection,
        "SELECT code, opening - units FROM stock",
        row -> sold.put(row.getString(1), row.getLong(2)));
    return sold;
  }

  private static Map<Integer, Money> balances(Connection connection) throws SQLException {
    Map<Integer, Money> balances = new LinkedHashMap<>();
    Rows.query(
        connection,
        "SELECT id, balance FROM customer",
        row -> balances.put(row.getInt(1), Money.of(row.getBigDecimal(2))));
    return balances;
  }
}
