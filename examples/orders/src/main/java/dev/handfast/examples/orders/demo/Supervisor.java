package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.demo.PacketTrap.Prey;
import dev.handfast.examples.orders.process.Child;
import dev.handfast.examples.orders.process.Word;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Plays the demo: starts the processes, kills the application, starts it again, has all audited.
 */
final class Supervisor {

  private static final int KILLED_BY_SIGNAL = 128;

  private final DemoSettings settings;
  private final Terminal terminal;
  private final Family family;
  private final Progress progress;
  private final Child broker;
  private final String brokerUrl;
  private final long begun = System.nanoTime();
  private int crashes;

  private Supervisor(
      DemoSettings settings, Terminal terminal, Family family, Progress progress, Child broker)
      throws DemoFailedException, InterruptedException {
    this.settings = settings;
    this.terminal = terminal;
    this.family = family;
    this.progress = progress;
    this.broker = broker;
    this.brokerUrl = "tcp://127.0.0.1:" + family.await("listening").number(0);
  }

  /**
   * Plays it to its end.
   *
   * @return whether the audit holds
   * @throws DemoFailedException if a process failed, or ended when it was not to
   */
  static boolean play(DemoSettings settings, Terminal terminal, Family family, Progress progress)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    Child broker = family.start(Commands.broker(settings));
    return new Supervisor(settings, terminal, family, progress, broker).play();
  }

  private boolean play()
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    Victim application = start();
    terminal.line(
        "broker: process "
            + broker.pid()
            + " on "
            + brokerUrl
            + "; application: process "
            + application.process().pid());
    Victim last = settings.crashes().byHand() ? waitForKills(application) : kill(application);
    last.finish();
    terminal.endProgress();
    return audit();
  }

  private Victim start() throws DemoFailedException, IOException, InterruptedException {
    Child process = family.start(Commands.application(settings, brokerUrl));
    return new Victim(family, broker, process, family.await("recovered"));
  }

  private Victim kill(Victim first)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    Victim application = first;
    showTitles(settings.crashes().count() > 0);
    for (Crash crash : Crash.plan(settings)) {
      Moment moment = application.meet(crash, progress);
      application.kill();
      application = startAgain(moment);
    }
    family.await("done");
    return application;
  }

  private Victim waitForKills(Victim first)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    Victim application = first;
    showTitles(true);
    invite(application);
    while (true) {
      Word word = family.await("done", Word.ENDED);
      if (word.word().equals("done")) {
        return application;
      }
      if (word.child() != application.process() || word.number(0) <= KILLED_BY_SIGNAL) {
        throw DemoFailedException.of(word.child(), "ended with code " + word.number(0));
      }
      broker.order("slow 0");
      broker.order("trap " + (settings.handfast() ? Prey.COMMIT : Prey.SEND));
      application = startAgain(Moment.BY_HAND);
      invite(application);
    }
  }

  private void showTitles(boolean needed) {
    if (needed) {
      terminal.line(CrashLine.titles(settings.handfast()));
    }
  }

  /** Gives the viewer time: the broker takes longer over each invoice. */
  private void invite(Victim application) {
    broker.order("slow " + settings.slowMillis());
    terminal.line(
        "to kill the application, type elsewhere: kill -9 " + application.process().pid());
  }

  private Victim startAgain(Moment moment)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    broker.order("release");
    int inBroker = family.await("in-doubt").number(0);
    int inDatabase = DatabaseFile.inDoubt(settings.databaseFile());
    crashes++;
    CrashLine line = new CrashLine(crashes, progress.booked(), moment, inDatabase, inBroker);
    Victim application = start();
    terminal.line(
        settings.handfast() ? line.with(application.recovered()) : line.withoutRecovery());
    return application;
  }

  private boolean audit() throws DemoFailedException, IOException, InterruptedException {
    terminal.line("");
    terminal.line(
        String.format(
            Locale.ROOT,
            "all booked after %.1f s; a third process audits database and queue against the file:",
            (System.nanoTime() - begun) / 1e9));
    Child auditor = family.start(Commands.auditor(settings, brokerUrl));
    while (true) {
      Word word = family.await("line", "result");
      if (word.word().equals("result")) {
        family.awaitEnd(auditor);
        return conclude(word);
      }
      terminal.line(word.text());
    }
  }

  private boolean conclude(Word result) {
    terminal.line(
        String.format(
            Locale.ROOT,
            "demo: invoices %s, rows %s, events %s, in doubt %s, crashes %d, audit %s",
            result.argument(0),
            result.argument(1),
            result.argument(2),
            result.argument(3),
            crashes,
            result.argument(4)));
    return result.argument(4).equals("OK");
  }
}
