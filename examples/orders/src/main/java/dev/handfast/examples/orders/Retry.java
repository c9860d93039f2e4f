package dev.handfast.examples.orders;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.xa.RolledBackException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Books again what is known to be rolled back. A heuristic or unknown outcome is not known to be,
 * so it ends the application, whose next run looks into the database.
 */
final class Retry {

  private static final int ATTEMPTS = 10;
  private static final int LONGEST_PAUSE_MILLIS = 200;

  /** Chosen as a victim of a deadlock; waited too long for a row. */
  private static final Set<String> OTHERS_WERE_FASTER = Set.of("40001", "HYT00");

  private Retry() {}

  static void book(Shop shop, Invoice invoice) throws SQLException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        shop.book(invoice);
        return;
      } catch (RolledBackException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !OTHERS_WERE_FASTER.contains(e.getSQLState())) {
          throw e;
        }
      }
      Thread.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS));
    }
  }
}
