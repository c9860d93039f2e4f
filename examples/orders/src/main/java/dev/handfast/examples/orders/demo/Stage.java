package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Child;
import dev.handfast.examples.orders.process.Word;
import java.io.IOException;
import java.sql.SQLException;

/** The broker, and the application's lives one after the other. */
final class Stage {

  private static final int KILLED_BY_SIGNAL = 128;

  private final DemoSettings settings;
  private final Terminal terminal;
  private final Family family;
  private final Progress progress;
  private final Child broker;
  private final String brokerUrl;
  private int crashes;

  private Stage(
      DemoSettings settings,
      Terminal terminal,
      Family family,
      Progress progress,
      Child broker,
      String brokerUrl) {
    this.settings = settings;
    this.terminal = terminal;
    this.family = family;
    this.progress = progress;
    this.broker = broker;
    this.brokerUrl = brokerUrl;
  }

  /** Starts the broker. */
  static Stage set(DemoSettings settings, Terminal terminal, Family family, Progress progress)
      throws DemoFailedException, IOException, InterruptedException {
    Child broker = family.start(Commands.broker(settings));
    String url = "tcp://127.0.0.1:" + family.await("listening").number(0);
    terminal.line("broker: process " + broker.pid() + ", listening on " + url);
    return new Stage(settings, terminal, family, progress, broker, url);
  }

  String brokerUrl() {
    return brokerUrl;
  }

  /** How often the application was killed. */
  int crashes() {
    return crashes;
  }

  /** Sends the broker an order. */
  void orderBroker(String order) {
    broker.order(order);
  }

  /** Starts the application for the first time. */
  Victim start() throws DemoFailedException, IOException, SQLException, InterruptedException {
    Child process = family.start(Commands.application(settings, brokerUrl));
    Word word = family.await("recovered", Word.ENDED);
    if (word.word().equals(Word.ENDED)) {
      requireKilled(word, process);
      return startAgain(Moment.BY_HAND);
    }
    return new Victim(family, broker, process, word);
  }

  /** Looks at what a killed application left, starts it again, and tells what came of it. */
  Victim startAgain(Moment moment)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    crashes++;
    terminal.note("killed, starting again");
    broker.order("release");
    int inBroker = family.await("in-doubt").number(0);
    int inDatabase = DatabaseFile.inDoubt(settings.databaseFile());
    CrashLine line = new CrashLine(crashes, progress.booked(), moment, inDatabase, inBroker);
    Child process = family.start(Commands.application(settings, brokerUrl));
    Word word = family.await("recovered", Word.ENDED);
    if (word.word().equals(Word.ENDED)) {
      requireKilled(word, process);
      terminal.line(settings.handfast() ? line.unrecovered() : line.withoutRecovery());
      return startAgain(Moment.BY_HAND);
    }
    terminal.line(settings.handfast() ? line.with(word) : line.withoutRecovery());
    return new Victim(family, broker, process, word);
  }

  /**
   * Makes sure that a child that ended is the one that the viewer may kill, and was killed.
   *
   * @throws DemoFailedException if not
   */
  void requireKilled(Word ended, Child process) throws DemoFailedException {
    boolean killed = ended.number(0) > KILLED_BY_SIGNAL;
    if (!settings.crashes().byHand() || ended.child() != process || !killed) {
      throw DemoFailedException.of(ended.child(), "ended with code " + ended.number(0));
    }
  }
}
