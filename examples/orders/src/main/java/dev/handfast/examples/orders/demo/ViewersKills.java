package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.demo.PacketTrap.Prey;
import dev.handfast.examples.orders.process.Word;
import java.io.IOException;
import java.sql.SQLException;

/** Leaves the killing to the viewer, and lets the broker take its time meanwhile. */
final class ViewersKills {

  private ViewersKills() {}

  /**
   * Returns with the life in which the application got all its work done. A viewer who sits at a
   * terminal and has not killed by then is waited for.
   */
  static Victim await(DemoSettings settings, Stage stage, Family family, Terminal terminal)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    Victim application = stage.start();
    while (true) {
      long pid = application.process().pid();
      stage.orderBroker("slow " + settings.slowMillis());
      terminal.line("to kill the application, type in another terminal: kill -9 " + pid);
      Word word = family.await("done", Word.ENDED);
      if (word.word().equals("done")) {
        if (stage.crashes() > 0 || !terminal.isLive()) {
          return application;
        }
        terminal.line("all is booked; the application waits for your kill -9 " + pid);
        word = family.awaitPatiently(Word.ENDED);
      }
      stage.requireKilled(word, application.process());
      stage.orderBroker("slow 0");
      stage.orderBroker("trap " + (settings.handfast() ? Prey.COMMIT : Prey.SEND));
      application = stage.startAgain(Moment.BY_HAND);
    }
  }
}
