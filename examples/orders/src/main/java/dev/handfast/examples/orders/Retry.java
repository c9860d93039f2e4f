package dev.handfast.examples.orders;

import dev.handfast.xa.RolledBackException;
import jakarta.jms.JMSRuntimeException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Does again what is known to have failed as a whole: a transaction that was rolled back, or whose
 * work ended with an exception of the broker's or with one of these of the database. A heuristic or
 * unknown outcome is not known to be, so it ends the application, whose next run looks into the
 * database.
 *
 * @param attempts in all
 * @param longestPauseMillis between two of them
 */
record Retry(int attempts, int longestPauseMillis) {

  /** Outlasts a broker that is started again: about a minute. */
  static final Retry PATIENT = new Retry(600, 200);

  /** Chosen as a victim of a deadlock; waited too long for a row. */
  private static final Set<String> OTHERS_WERE_FASTER = Set.of("40001", "HYT00");

  /** What is tried. */
  @FunctionalInterface
  interface Attempt {
    void run() throws SQLException, InterruptedException;
  }

  /** Returns when an attempt succeeds; the last failure is thrown. */
  void run(Attempt attempt) throws SQLException, InterruptedException {
    for (int number = 1; ; number++) {
      try {
        attempt.run();
        return;
      } catch (RolledBackException | JMSRuntimeException e) {
        if (number == attempts) {
          throw e;
        }
      } catch (SQLException e) {
        if (number == attempts || !OTHERS_WERE_FASTER.contains(e.getSQLState())) {
          throw e;
        }
      }
      Thread.sleep(ThreadLocalRandom.current().nextInt(1, longestPauseMillis));
    }
  }
}
