package dev.handfast.examples.orders.demo;

import java.io.IOException;
import java.sql.SQLException;

/** Kills as planned by the seed. */
final class PlannedKills {

  private PlannedKills() {}

  /** Returns when the last one that was killed lives again. */
  static void carryOut(DemoSettings settings, Stage stage, WorkWatch watch)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    for (Crash crash : Crash.plan(settings)) {
      stage.kill(crash.victim(), watch.meet(crash));
    }
  }
}
