package dev.handfast.examples.orders;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.xa.recovery.RecoveryReport;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Where invoices are booked. Safe for use by many threads. */
interface Shop extends AutoCloseable {

  /** The database, for work of its own beside the bookings. */
  DataSource database();

  /** What was found in doubt when the shop was opened, and what became of it. */
  RecoveryReport recovery();

  /**
   * Writes the rows of one invoice and sends its event.
   *
   * @throws SQLException of the database, with nothing booked
   * @throws InterruptedException if told to stop while the broker is away
   */
  void book(Invoice invoice) throws SQLException, InterruptedException;

  @Override
  void close();
}
