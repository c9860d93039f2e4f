package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Child;
import dev.handfast.examples.orders.process.Word;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Broker, shipping and application, each in its lives one after the other. */
final class Stage {

  private final DemoSettings settings;
  private final Terminal terminal;
  private final Family family;
  private final Progress progress;
  private final Map<Role, Child> processes = new EnumMap<>(Role.class);
  private int port;
  private int crashes;

  Stage(DemoSettings settings, Terminal terminal, Family family, Progress progress) {
    this.settings = settings;
    this.terminal = terminal;
    this.family = family;
    this.progress = progress;
  }

  /** Starts all for the first time. */
  void set() throws DemoFailedException, IOException, InterruptedException {
    for (Role role : Role.values()) {
      start(role);
    }
    terminal.line("processes: " + pids() + "; the broker listens on " + brokerUrl());
  }

  /** The port stays the same when the broker is started again. */
  String brokerUrl() {
    return "tcp://127.0.0.1:" + port;
  }

  /** How often somebody was killed. */
  int crashes() {
    return crashes;
  }

  /** For the viewer. */
  String pids() {
    return processes.entrySet().stream()
        .map(entry -> entry.getKey().title() + " " + entry.getValue().pid())
        .collect(Collectors.joining(", "));
  }

  /** Sends an order. */
  void order(Role role, String order) {
    process(role).order(order);
  }

  /** Kills one, and starts it again. */
  void kill(Role role, Moment moment)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    Child process = process(role);
    process.kill();
    family.awaitEnd(process);
    revive(role, moment);
  }

  /** Starts again whoever the viewer has killed, until all live. */
  void reviveDead() throws DemoFailedException, IOException, SQLException, InterruptedException {
    boolean all = false;
    while (!all) {
      all = true;
      for (Role role : Role.values()) {
        if (!process(role).isAlive()) {
          all = false;
          revive(role, Moment.BY_HAND);
        }
      }
    }
  }

  /** Lets one end by itself. */
  void end(Role role) throws DemoFailedException, InterruptedException {
    Child process = process(role);
    process.order("close");
    int code = family.awaitEnd(process);
    if (code != 0) {
      throw DemoFailedException.of(process, "ended with code " + code);
    }
  }

  private void revive(Role role, Moment moment)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    crashes++;
    CrashLine line = new CrashLine(crashes, progress.booked(), role, moment);
    terminal.note(role.title() + " killed, starting again");
    String told = role == Role.BROKER ? reviveBroker(line) : reviveWorker(role, line);
    terminal.line(settings.handfast() ? told : line.withoutRecovery());
  }

  private String reviveBroker(CrashLine line)
      throws DemoFailedException, IOException, InterruptedException {
    Word word = start(Role.BROKER);
    return word.word().equals(Word.ENDED)
        ? line.unrecovered("-", "-")
        : line.unrecovered("-", word.argument(1));
  }

  /** Looks at what it left before it is started. */
  private String reviveWorker(Role role, CrashLine line)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    if (line.moment() == Moment.BY_HAND) {
      Moment worst = settings.handfast() ? Moment.PHASE_TWO : Moment.PHASE_TWO.locally(role);
      order(Role.BROKER, "trap " + worst.prey(role) + " " + role.node());
    }
    order(Role.BROKER, "release " + role.node());
    Word left = family.awaitFrom(process(Role.BROKER), "in-doubt");
    if (left.word().equals(Word.ENDED)) {
      revive(Role.BROKER, Moment.BY_HAND);
      return reviveWorker(role, line);
    }
    String inDatabase = String.valueOf(DatabaseFile.inDoubt(settings.databaseFile(role)));
    Word word = start(role);
    return word.word().equals(Word.ENDED)
        ? line.unrecovered(inDatabase, left.argument(0))
        : line.with(inDatabase, left.argument(0), word);
  }

  /** Returns its first word: what it found, or its end, if the viewer killed it before. */
  private Word start(Role role) throws DemoFailedException, IOException, InterruptedException {
    Child process = family.start(Commands.of(role, settings, port));
    processes.put(role, process);
    Word word = family.awaitFrom(process, role == Role.BROKER ? "listening" : "recovered");
    if (word.word().equals(Word.ENDED)) {
      requireKilled(word);
    } else if (role == Role.BROKER) {
      port = word.number(0);
    }
    return word;
  }

  /** Makes sure that who ended was one that the viewer may kill, and was killed. */
  private void requireKilled(Word ended) throws DemoFailedException {
    if (!settings.crashes().byHand() || ended.number(0) <= Family.KILLED_BY_SIGNAL) {
      throw DemoFailedException.of(ended.child(), "ended with code " + ended.number(0));
    }
  }

  private Child process(Role role) {
    Child process = processes.get(role);
    if (process == null) {
      throw new IllegalStateException(role.title() + " was not started");
    }
    return process;
  }
}
