package dev.handfast.examples.orders.demo;

import java.io.IOException;
import java.sql.SQLException;

/** Kills the application as planned by the seed. */
final class PlannedKills {

  private PlannedKills() {}

  /** Returns with the life in which the application got all its work done. */
  static Victim carryOut(DemoSettings settings, Stage stage, Family family, Progress progress)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    Victim application = stage.start();
    for (Crash crash : Crash.plan(settings)) {
      Moment moment = application.meet(crash, progress);
      application.kill();
      application = stage.startAgain(moment);
    }
    family.await("done");
    return application;
  }
}
