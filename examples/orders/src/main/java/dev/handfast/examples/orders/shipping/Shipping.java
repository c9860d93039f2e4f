package dev.handfast.examples.orders.shipping;

import dev.handfast.xa.recovery.RecoveryReport;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Where events become shipments and notifications. */
interface Shipping extends AutoCloseable {

  /** The database, for work of its own beside the shipments. */
  DataSource database();

  /** What was found in doubt when shipping was opened, and what became of it. */
  RecoveryReport recovery();

  /**
   * Begins to take events, and returns.
   *
   * @param shipped is told the number of each invoice when its work is complete, by many threads
   */
  void begin(Consumer<String> shipped);

  /** Takes no more events and finishes what it has begun. */
  @Override
  void close() throws InterruptedException;
}
