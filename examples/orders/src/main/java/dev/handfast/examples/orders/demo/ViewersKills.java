package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Word;
import java.io.IOException;
import java.sql.SQLException;

/** Leaves the killing to the viewer, and lets the broker take its time meanwhile. */
final class ViewersKills {

  private static final String INVITATION =
      "to kill, type in another terminal kill -9 and a process: ";

  private ViewersKills() {}

  /**
   * Returns when all the work is done; from then on kills are not forgiven. A viewer who sits at a
   * terminal and has not killed by then is waited for.
   */
  static void await(
      DemoSettings settings, Stage stage, WorkWatch watch, Family family, Terminal terminal)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    boolean killed = true;
    while (killed) {
      stage.reviveDead();
      stage.order(Role.BROKER, "slow " + settings.slowMillis());
      terminal.line(INVITATION + stage.pids());
      killed = watch.await(Role.SHIPPING, ViewersKills::isEnd);
      if (!killed && stage.crashes() == 0 && terminal.isLive()) {
        terminal.line("all is done; your kill is waited for");
        family.awaitPatiently(Word.ENDED);
        killed = true;
      }
      stage.order(Role.BROKER, "slow 0");
    }
    family.forgiveKills(false);
  }

  private static boolean isEnd(Word word) {
    return word.word().equals(Word.ENDED);
  }
}
