package dev.handfast.xa.it.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.it.shutdown.HeldCase.End;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A runtime that is told to close, or whose process is told to end, while something holds it up: it
 * ends within its bound, says what holds it up, and the next start settles everything. The
 * processes stand side by side, and are told to end at the same time.
 */
final class ShutdownIT {

  /** For a machine on which all of them end at once. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private static final int MOST_STARTING = 3;

  private static final Duration CLOSE_BOUND = Duration.ofSeconds(30);

  /** What is closed by {@code close()}, which may take ten times as long. */
  private static final List<Holder> CLOSED =
      List.of(
          Holder.STATEMENT,
          Holder.COPY,
          Holder.COMMIT_ON_NETWORK,
          Holder.PREPARE_IN_DRIVER,
          Holder.BEFORE_COMPLETION,
          Holder.LISTENER,
          Holder.IDLE_BROKER);

  private static final Map<HeldCase, HeldProcess> PROCESSES = new LinkedHashMap<>();

  @TempDir private static Path directory;
  private static PostgresServer postgres;
  private static PostgresDatabase database;
  private static BrokerProcess broker;
  private static BrokerProcess stopped;

  @BeforeAll
  static void endAll() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      startServers(threads);
      startProcesses();
      holdUp();
      together(threads, HeldProcess::end);
    } finally {
      threads.shutdownNow();
    }
    stopped.resume();
  }

  private static void startServers(ExecutorService threads) throws Exception {
    Future<PostgresServer> server =
        threads.submit(() -> PostgresServer.start(directory.resolve("postgres")));
    Future<BrokerProcess> second =
        threads.submit(() -> BrokerProcess.start(directory.resolve("stopped")));
    broker = BrokerProcess.builder(directory.resolve("broker")).deadLetterAddress("lost").start();
    stopped = second.get();
    postgres = server.get();
    postgres.createRole(HeldCase.USER, HeldCase.PASSWORD);
    database = postgres.createDatabase("held", HeldCase.USER).as(HeldCase.USER, HeldCase.PASSWORD);
    database.execute("CREATE TABLE item (id INT, held TEXT, PRIMARY KEY (id, held))");
  }

  /** A few at a time: each has a bound on its calls to a broker that is busy with the others. */
  private static void startProcesses() {
    Deque<HeldProcess> starting = new ArrayDeque<>();
    for (HeldCase held : cases().toList()) {
      HeldProcess process = HeldProcess.start(held);
      PROCESSES.put(held, process);
      if (held.end() != End.LEAVE_OPEN) {
        starting.add(process);
      }
      if (starting.size() > MOST_STARTING) {
        starting.remove().awaitAnswer(HeldMain.STARTED);
      }
    }
    starting.forEach(it -> it.awaitAnswer(HeldMain.STARTED));
  }

  private static void holdUp() {
    List<HeldProcess> held =
        PROCESSES.values().stream().filter(it -> it.held().end() != End.LEAVE_OPEN).toList();
    held.stream()
        .filter(it -> it.held().holder() == Holder.LISTENER)
        .forEach(it -> new BrokerQueues(broker.url()).send(it.held().requests(), "request"));
    stopped.pause();
    held.forEach(it -> it.say(HeldMain.GO));
    held.forEach(it -> it.awaitAnswer(HeldMain.HELD));
  }

  private static void together(ExecutorService threads, Consumer<HeldProcess> work)
      throws Exception {
    List<Future<?>> all = new ArrayList<>();
    PROCESSES.values().forEach(it -> all.add(threads.submit(() -> work.accept(it))));
    for (Future<?> each : all) {
      each.get(60, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  static void stop() {
    PROCESSES.values().forEach(HeldProcess::close);
    try {
      assertThat(database.preparedBranches()).isEmpty();
      for (BrokerProcess each : List.of(broker, stopped)) {
        assertThat(new BrokerQueues(each.url()).preparedBranches()).isEmpty();
      }
    } finally {
      broker.close();
      stopped.close();
      postgres.close();
    }
  }

  static Stream<HeldCase> cases() {
    Stream<HeldCase> closed = CLOSED.stream().map(holder -> held(holder, End.CLOSE));
    Stream<HeldCase> terminated =
        Stream.of(Holder.values()).map(holder -> held(holder, End.SIGTERM));
    return Stream.of(closed, terminated, Stream.of(held(Holder.STATEMENT, End.LEAVE_OPEN)))
        .flatMap(all -> all);
  }

  private static HeldCase held(Holder holder, End end) {
    return new HeldCase(
        holder,
        end,
        directory.resolve(holder + "-" + end),
        database.url(),
        (holder.stopsTheBroker() ? stopped : broker).url());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsInTimeAndSaysWhatHeldItUp(HeldCase held) {
    HeldProcess process = PROCESSES.get(held);

    assertThat(process.ending()).isLessThan(bound(held).plus(MARGIN));
    switch (held.end()) {
      case SIGTERM -> assertThat(process.exit()).isEqualTo(143);
      case CLOSE -> assertThat(process.exit()).isZero();
      case LEAVE_OPEN -> assertThat(process.log()).contains("HANDFAST001056");
    }
    if (held.end() != End.LEAVE_OPEN) {
      assertThat(process.log()).contains(held.holder().frame());
    }

    if (held.holder().isInApplication()) {
      assertThat(process.log()).as("nothing is left to end").doesNotContain("HANDFAST001052");
    }
    settle(held);
  }

  private static Duration bound(HeldCase held) {
    return held.end() == End.SIGTERM ? HeldCase.BOUND : CLOSE_BOUND;
  }

  private static void settle(HeldCase held) {
    BrokerQueues queues = new BrokerQueues(held.broker());
    try (Handfast next = held.start(held.orders(held.databasePort()), held.events())) {
      assertThat(next.recovery().status().logged()).isZero();
      assertThat(next.recovery().status().attention()).isEmpty();
    }
    List<String> there = held.holder().isKept() ? List.of("1", "2") : List.of("1");
    assertThat(
            database.column("SELECT id FROM item WHERE held = '" + held.name() + "' ORDER BY id"))
        .isEqualTo(there);
    assertThat(queues.drainTexts(held.queue())).isEqualTo(there);
    if (held.holder() == Holder.LISTENER) {
      assertThat(queues.drainTexts(held.requests())).containsExactly("request");
    }
  }
}
