package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Child;
import dev.handfast.examples.orders.process.Word;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;

/** Plays the demo: broker, work and kills, end of the work, audit, result. */
final class Supervisor {

  private final DemoSettings settings;
  private final Terminal terminal;
  private final Family family;
  private final Progress progress;
  private final long begun = System.nanoTime();

  Supervisor(DemoSettings settings, Terminal terminal, Family family, Progress progress) {
    this.settings = settings;
    this.terminal = terminal;
    this.family = family;
    this.progress = progress;
  }

  /**
   * Plays it to its end.
   *
   * @return whether the audit holds
   * @throws DemoFailedException if a process failed, or ended when it was not to
   */
  boolean play() throws DemoFailedException, IOException, SQLException, InterruptedException {
    Stage stage = new Stage(settings, terminal, family, progress);
    WorkWatch watch = new WorkWatch(stage, family, progress);
    boolean byHand = settings.crashes().byHand();
    family.forgiveKills(byHand);
    stage.set();
    boolean kills = byHand || settings.crashes().count() > 0;
    if (kills) {
      terminal.line(CrashLine.titles(settings.handfast()));
    }
    if (byHand) {
      ViewersKills.await(settings, stage, watch, family, terminal);
    } else {
      PlannedKills.carryOut(settings, stage, watch);
    }
    watch.awaitBooked();
    stage.end(Role.APPLICATION);
    watch.awaitShipped();
    stage.end(Role.SHIPPING);
    terminal.endProgress();
    if (kills && settings.handfast()) {
      terminal.line(CrashLine.EXPLANATION);
    }
    return audit(stage);
  }

  private boolean audit(Stage stage) throws DemoFailedException, IOException, InterruptedException {
    double seconds = (System.nanoTime() - begun) / 1e9;
    terminal.line("");
    terminal.line(
        String.format(
            Locale.ROOT,
            "done after %.1f s; a third process audits databases and queues against the file:",
            seconds));
    Child auditor = family.start(Commands.auditor(settings, stage.brokerUrl()));
    while (true) {
      Word word = family.await("line", "result");
      if (word.word().equals("result")) {
        family.awaitEnd(auditor);
        return conclude(word, stage.crashes());
      }
      terminal.line(word.text());
    }
  }

  private boolean conclude(Word result, int crashes) {
    terminal.line(
        String.format(
            Locale.ROOT,
            "demo: invoices %s, rows %s, events %s, shipments %s, notifications %s, in doubt %s,"
                + " crashes %d, audit %s",
            result.argument(0),
            result.argument(1),
            result.argument(2),
            result.argument(3),
            result.argument(4),
            result.argument(5),
            crashes,
            result.argument(6)));
    return result.argument(6).equals("OK");
  }
}
