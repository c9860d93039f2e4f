package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Money;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the database of the shipments holds.
 *
 * @param shipments in the order in which they were booked
 * @param inDoubt branches that are prepared and not finished
 */
record ShipmentsState(List<Shipment> shipments, int inDoubt) {

  ShipmentsState {
    shipments = List.copyOf(shipments);
  }

  static ShipmentsState read(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      List<Shipment> shipments = new ArrayList<>();
      Rows.query(
          connection,
          "SELECT id, event, invoice, customer, country, order_lines, units, total FROM shipment"
              + " ORDER BY id",
          row ->
              shipments.add(
                  new Shipment(
                      row.getLong(1),
                      row.getString(2),
                      row.getString(3),
                      new Shipment.Contents(
                          row.getObject(4, Integer.class),
                          row.getString(5),
                          row.getInt(6),
                          row.getLong(7),
                          Money.of(row.getBigDecimal(8))))));
      return new ShipmentsState(shipments, Rows.inDoubt(connection));
    }
  }
}
