package dev.handfast.xa.it.kill;

import static org.awaitility.Awaitility.await;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Kills by a seeded schedule, starts again, and audits: every {@value #BLOWS_PER_AUDIT} blows the
 * application is stopped in order, and what it was told is compared with what is there.
 */
final class RandomKills implements AutoCloseable {

  private static final int BLOWS_PER_AUDIT = 15;
  private static final int MOST_FAULTS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Random random;
  private final Score score;
  private final BrokerProcess broker;
  private final PostgresServer server;
  private final RecoveryLog recovery;
  private final Outside outside;
  private KillSettings settings;
  private long firstOfChapter = 1;
  private @Nullable Application application;

  RandomKills(Path directory, long seed) throws IOException, SQLException {
    random = new Random(seed);
    score = new Score(seed);
    broker =
        BrokerProcess.builder(directory.resolve("broker"))
            .journalBufferTimeout(Duration.ofNanos(100_000))
            .start();
    server = PostgresServer.start(directory.resolve("postgres"));
    server.createRole(KillSettings.USER, KillSettings.PASSWORD);
    server.createDatabase(KillSettings.USER, KillSettings.USER);
    Path home = Files.createDirectory(directory.resolve("application"));
    settings =
        new KillSettings(
            home, server.database(KillSettings.USER).url(), broker.url(), firstOfChapter);
    recovery = new RecoveryLog(settings.output());
    outside = new Outside(server, broker, settings);
    outside.createTables();
  }

  Score score() {
    return score;
  }

  String report() {
    return score.report(recovery);
  }

  /** Goes on until told, or until something is wrong. */
  void run(BooleanSupplier enough, Consumer<String> reports) throws Exception {
    Instant begin = Instant.now();
    application = launch();
    awaitStarted();
    while (!enough.getAsBoolean() && score.faults().isEmpty()) {
      for (int i = 0; i < BLOWS_PER_AUDIT && !enough.getAsBoolean(); i++) {
        strike(Plan.random(random));
      }
      audit();
      score.lasted(Duration.between(begin, Instant.now()));
      reports.accept(report());
      // After a fault everything stays as it is, to be looked into.
      if (!enough.getAsBoolean() && score.faults().isEmpty()) {
        firstOfChapter = settings.firstId();
        outside.deleteRows();
        Files.delete(settings.ledger());
        application = launch();
        awaitStarted();
      }
    }
  }

  private Application launch() throws IOException, InterruptedException {
    // Each transaction has a line at least.
    settings = settings.from(firstOfChapter + Ledger.lines(settings.ledger()));
    Application started = Application.start(settings);
    String line = started.line();
    if (!line.equals(KillMain.OPENING)) {
      throw new AssertionError("the application does not open: " + line);
    }
    return started;
  }

  private String awaitStarted() throws InterruptedException {
    String line = application.line();
    if (!line.startsWith(KillMain.STARTED)) {
      throw new AssertionError("the application does not start: " + line);
    }
    return line;
  }

  private void strike(Plan plan) throws Exception {
    Optional<String> early = application.line(plan.work());
    if (early.isPresent()) {
      throw new AssertionError("the application was not killed and said: " + early.get());
    }
    score.blow();
    long endedBefore = recovery.ended();
    Instant struck = Instant.now();
    for (KillVictim victim : plan.victims()) {
      kill(victim, false);
    }
    Aftermath aftermath = new Aftermath(plan);
    aftermath.look();
    for (KillVictim victim : plan.returns()) {
      Thread.sleep(plan.outage().toMillis());
      aftermath.bringBack(victim);
    }
    aftermath.conclude(struck, endedBefore);
  }

  private void kill(KillVictim victim, boolean whileStarting) {
    if (!isAlive(victim)) {
      return;
    }
    switch (victim) {
      case APPLICATION -> application.kill();
      case BROKER -> broker.kill();
      case POSTGRESQL -> server.kill();
    }
    score.killed(victim, whileStarting);
  }

  private boolean isAlive(KillVictim victim) {
    return switch (victim) {
      case APPLICATION -> application.isAlive();
      case BROKER -> broker.isAlive();
      case POSTGRESQL -> server.isAlive();
    };
  }

  private void startServer(KillVictim victim) {
    if (victim == KillVictim.BROKER && !broker.isAlive()) {
      broker.restart();
    } else if (victim == KillVictim.POSTGRESQL && !server.isAlive()) {
      server.restart();
    }
  }

  /** One blow's: what is in doubt after it, and how all come back. */
  private final class Aftermath {

    private final Plan plan;
    private final Set<String> inDoubt = new HashSet<>();
    private int seen;
    private Instant allBack = Instant.now();

    Aftermath(Plan plan) {
      this.plan = plan;
    }

    void look() throws SQLException {
      if (!application.isAlive()) {
        int inside = plan.lookInside() ? outside.preparedInside().size() : 0;
        inDoubt.addAll(outside.prepared());
        seen = Math.max(seen, inDoubt.size() + inside);
      }
    }

    void bringBack(KillVictim victim) throws Exception {
      if (victim == KillVictim.APPLICATION) {
        look();
        startApplication();
      } else {
        startServer(victim);
        inDoubt.addAll(outside.prepared());
        allBack = Instant.now();
      }
    }

    private void startApplication() throws Exception {
      for (Duration again : plan.again()) {
        application = launch();
        boolean starting = application.line(again).isEmpty();
        kill(KillVictim.APPLICATION, starting);
        look();
      }
      boolean allUp = broker.isAlive() && server.isAlive() && plan.duringStart().isEmpty();
      application = launch();
      Instant opened = Instant.now();
      for (KillVictim beside : plan.duringStart()) {
        Thread.sleep(plan.outage().toMillis());
        kill(beside, true);
      }
      String line = application.line();
      if (line.startsWith(KillMain.REFUSED)) {
        score.refused(line);
        plan.duringStart().forEach(RandomKills.this::startServer);
        application = launch();
        line = awaitStarted();
      } else if (!line.startsWith(KillMain.STARTED)) {
        throw new AssertionError("the application does not start: " + line);
      }
      allBack = Instant.now();
      if (allUp) {
        requireResolved(line);
        score.start(Duration.between(opened, allBack));
      }
      plan.duringStart().forEach(RandomKills.this::startServer);
    }

    /** All were at hand, so nothing of before is left when the application starts to work. */
    private void requireResolved(String line) {
      Set<String> left = outside.prepared();
      left.retainAll(inDoubt);
      if (!left.isEmpty() || !line.equals(KillMain.STARTED + " 0 []")) {
        score.fault("in doubt after a start with all at hand: " + line + ", " + left);
      }
    }

    void conclude(Instant struck, long endedBefore) throws Exception {
      boolean applicationLived = !plan.victims().contains(KillVictim.APPLICATION);
      if (applicationLived && plan.victims().contains(KillVictim.POSTGRESQL)) {
        seen = (int) outside.preparedBefore(struck);
      }
      if (plan.settle()) {
        long lines = Ledger.lines(settings.ledger());
        until(
            "nothing of before is prepared",
            () -> {
              Set<String> left = outside.prepared();
              left.retainAll(inDoubt);
              return left.isEmpty();
            });
        score.resolved(Duration.between(allBack, Instant.now()));
        until("the application commits", () -> Ledger.hasCommitAfter(settings.ledger(), lines));
      }
      if (seen > 0 || recovery.ended() > endedBefore) {
        score.leftInDoubt(seen);
      }
    }
  }

  private static void until(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollInterval(LOOK).pollDelay(Duration.ZERO).until(condition);
  }

  private void audit() throws Exception {
    application.say(KillMain.STOP);
    String line = application.line();
    String clean =
        KillMain.STOPPED + " unresolved 0, unreachable [], logged 0, active 0, attention []";
    if (!line.equals(clean)) {
      score.fault("the application stopped with: " + line);
    }
    String end = application.line();
    if (!end.equals("ended with 0")) {
      score.fault("the application " + end);
    }
    Set<String> prepared = outside.prepared();
    prepared.addAll(outside.preparedInside());
    if (!prepared.isEmpty()) {
      score.fault("left in doubt: " + prepared);
    }
    settings = settings.from(firstOfChapter + Ledger.lines(settings.ledger()));
    score.audited(KillAudit.of(Ledger.read(settings.ledger()), outside.count()));
    recovery.ended();
  }

  /** The first faults, one line each. */
  List<String> firstFaults() {
    return score.faults().stream().limit(MOST_FAULTS).toList();
  }

  @Override
  public void close() {
    if (application != null) {
      application.close();
    }
    server.close();
    broker.close();
  }
}
