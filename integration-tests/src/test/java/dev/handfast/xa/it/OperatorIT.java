package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.HeuristicOutcomeException;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.BranchResult;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.crash.CrashStep;
import dev.handfast.xa.testkit.crash.ProtocolStep;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator sees and orders over PostgreSQL, H2 and the broker, where a branch was finished
 * by hand against its decision, or the log was lost.
 */
final class OperatorIT {

  @TempDir static Path servers;
  static BrokerProcess broker;
  static PostgresServer postgres;

  @TempDir Path directory;
  private PostgresWorld world;
  private BrokerQueues queues;

  @BeforeAll
  static void startServers() {
    broker = BrokerProcess.start(servers.resolve("broker"));
    postgres = PostgresServer.start(servers.resolve("postgres"));
  }

  @AfterAll
  static void stopServers() {
    postgres.close();
    broker.close();
  }

  @BeforeEach
  void makeTables(TestInfo test) throws SQLException {
    String name = test.getTestMethod().orElseThrow().getName();
    world = new PostgresWorld(directory, broker, postgres, name);
    queues = new BrokerQueues(broker.url());
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private Recovery recovery() {
    return world.handfast().recovery();
  }

  private InDoubtTransaction only() {
    List<InDoubtTransaction> found = recovery().inDoubt(Filter.all()).transactions();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static Map<String, InDoubtBranch.State> states(InDoubtTransaction transaction) {
    return transaction.branches().stream()
        .collect(Collectors.toMap(InDoubtBranch::resource, InDoubtBranch::state));
  }

  /** A branch in the words of its resource manager's own tools. */
  private String nativeForm(String resource) {
    return only().branches().stream()
        .filter(branch -> branch.resource().equals(resource))
        .map(InDoubtBranch::nativeForm)
        .findFirst()
        .orElseThrow();
  }

  private void finishInPostgres(boolean commit) {
    String gid = nativeForm("stock");
    world.admin().execute((commit ? "COMMIT" : "ROLLBACK") + " PREPARED '" + gid + "'");
  }

  private void finishInTheBroker(boolean commit) {
    assertThat(queues.finishByHand(nativeForm("events"), commit)).isTrue();
  }

  /** Commits the transaction 1 everywhere, with something done by hand after the votes. */
  private void commit(Runnable byHand) throws SQLException {
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.insert(world.stock(), 1);
              world.send("1");
              world.hook(byHand);
            });
  }

  private HeuristicOutcomeException.Outcome outcome(Runnable byHand) {
    return catchThrowableOfType(HeuristicOutcomeException.class, () -> commit(byHand)).outcome();
  }

  private void forget(InDoubtTransaction transaction) {
    assertThat(transaction.actions()).contains(Action.FORGET);
    ActionReport report = recovery().forget(Selection.of(transaction.gtrid()), "corrected by hand");
    assertThat(report.isComplete()).as("%s", report).isTrue();
  }

  private void assertDoneIn(List<String> orders, List<String> stock, List<String> events)
      throws SQLException {
    assertThat(world.rowsOfOrders()).as("orders").isEqualTo(orders);
    assertThat(world.rowsOfStock()).as("stock").isEqualTo(stock);
    assertThat(world.messages()).as("events").isEqualTo(events);
    assertThat(recovery().inDoubt(Filter.all()).transactions()).isEmpty();
    assertThat(queues.finishedByHand()).isEmpty();
    world.assertNothingInDoubt();
  }

  /** PostgreSQL keeps nothing of it: that it is gone is all that can be told. */
  @Test
  void rolledBackInPostgresAgainstTheDecision() throws Exception {
    world.start();

    assertThat(outcome(() -> finishInPostgres(false)))
        .isEqualTo(HeuristicOutcomeException.Outcome.HAZARD);

    recovery().recover(Duration.ZERO);
    InDoubtTransaction shown = only();
    assertThat(shown.decision()).isEqualTo(Decision.COMMIT);
    assertThat(states(shown)).containsEntry("stock", InDoubtBranch.State.HEURISTIC_HAZARD);
    assertThat(recovery().status().attention()).anyMatch(line -> line.contains("'stock'"));
    forget(shown);
    assertDoneIn(List.of("1"), List.of(), List.of("1"));
  }

  @Test
  void committedInPostgresBeforeTheDecision() throws Exception {
    world.start();

    assertThat(outcome(() -> finishInPostgres(true)))
        .isEqualTo(HeuristicOutcomeException.Outcome.HAZARD);

    forget(only());
    assertDoneIn(List.of("1"), List.of("1"), List.of("1"));
  }

  /** The broker lists it until it is let forget it, over restarts of both. */
  @Test
  void rolledBackInTheBrokerAgainstTheDecision() throws Exception {
    world.start();

    assertThat(outcome(() -> finishInTheBroker(false)))
        .isEqualTo(HeuristicOutcomeException.Outcome.MIXED);
    world.close();
    broker.restart();
    world.start();

    InDoubtTransaction shown = only();
    assertThat(shown.decision()).isEqualTo(Decision.COMMIT);
    assertThat(states(shown)).containsEntry("events", InDoubtBranch.State.HEURISTIC_ROLLBACK);
    assertThat(queues.finishedByHand()).hasSize(1);
    forget(shown);
    assertDoneIn(List.of("1"), List.of("1"), List.of());
  }

  /** What was decided anyway is forgotten at once, and nobody is bothered. */
  @Test
  void committedInTheBrokerAsDecided() throws Exception {
    world.start();

    commit(() -> finishInTheBroker(true));

    assertDoneIn(List.of("1"), List.of("1"), List.of("1"));
  }

  @Test
  void committedInTheBrokerAgainstARollback() throws Exception {
    world.start();

    HeuristicOutcomeException told =
        catchThrowableOfType(
            HeuristicOutcomeException.class,
            () ->
                commit(
                    () -> {
                      finishInTheBroker(true);
                      throw new IllegalStateException("no vote");
                    }));

    assertThat(told.outcome())
        .isIn(HeuristicOutcomeException.Outcome.MIXED, HeuristicOutcomeException.Outcome.COMMIT);
    InDoubtTransaction shown = only();
    assertThat(shown.decision()).isEqualTo(Decision.ROLLBACK);
    assertThat(states(shown)).containsEntry("events", InDoubtBranch.State.HEURISTIC_COMMIT);
    recovery().recover(Duration.ZERO);
    forget(only());
    assertDoneIn(List.of(), List.of(), List.of("1"));
  }

  private void killedAt(CrashStep step) {
    try (CrashJvm voter =
        CrashJvm.of(PostgresVoterMain.class)
            .arguments(world.arguments())
            .haltAt(step, 1)
            .start(directory.resolve("voter"))) {
      voter.awaitHalt();
    }
    assertThat(world.stockInDoubt()).hasSize(1);
    assertThat(queues.preparedBranches()).hasSize(1);
  }

  private void loseTheLog() throws Exception {
    try (Stream<Path> all = Files.walk(world.log())) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
    assertThat(world.log()).doesNotExist();
  }

  /**
   * The broker remembers it. PostgreSQL answers as it does to a commit that a crash has repeated: a
   * limit that docs/operations.md tells.
   */
  @Test
  void rolledBackByHandWhileTheDecisionWaited() throws Exception {
    killedAt(ProtocolStep.AFTER_LOG_FORCE);
    assertThat(queues.finishByHand(base64(queues.preparedBranches().get(0)), false)).isTrue();
    world.admin().execute("ROLLBACK PREPARED '" + world.stockInDoubt().get(0) + "'");
    world.start();

    InDoubtTransaction shown = only();
    assertThat(shown.decision()).isEqualTo(Decision.COMMIT);
    assertThat(states(shown))
        .containsOnly(
            Map.entry("orders", InDoubtBranch.State.FINISHED),
            Map.entry("stock", InDoubtBranch.State.FINISHED),
            Map.entry("events", InDoubtBranch.State.HEURISTIC_ROLLBACK));
    forget(shown);
    assertDoneIn(List.of("1"), List.of(), List.of());
  }

  private static String base64(String line) {
    return line.replaceAll(".*base64: (\\S+).*", "$1");
  }

  @Test
  void anOperatorCommitsWhatTheLostLogLeft() throws Exception {
    killedAt(ProtocolStep.AFTER_LOG_FORCE);
    Instant prepared = preparedInPostgres();
    loseTheLog();
    world.start();

    InDoubtTransaction lost = only();
    assertThat(lost.state()).isEqualTo(InDoubtTransaction.State.QUARANTINED);
    assertThat(lost.decision()).isEqualTo(Decision.UNKNOWN);
    assertThat(lost.sinceSource()).isEqualTo(InDoubtTransaction.SinceSource.RM);
    assertThat(Objects.requireNonNull(lost.since()).truncatedTo(ChronoUnit.MILLIS))
        .isEqualTo(prepared);
    assertThat(states(lost)).hasSize(3).containsValue(InDoubtBranch.State.PREPARED);
    assertThat(recovery().forget(Selection.of(lost.gtrid()), "no").isRefused()).isTrue();

    ActionReport report = recovery().commit(Selection.of(lost.gtrid()), "the customer has paid");

    assertThat(report.isComplete()).as("%s", report).isTrue();
    assertThat(report.transactions().get(0).branches())
        .extracting(BranchResult::outcome)
        .containsOnly(BranchResult.Outcome.COMMITTED);
    assertDoneIn(List.of("1"), List.of("1"), List.of("1"));
    assertThat(Files.readString(world.log().resolve("audit.log")))
        .contains("the customer has paid", lost.gtrid(), "COMMITTED");
    assertThat(Files.readString(world.log().resolve("store")))
        .contains("stock\tdatasource\tjdbc:postgresql:", "events\tjms\ttcp:")
        .doesNotContain(world.arguments()[4]);
  }

  private Instant preparedInPostgres() {
    String millis = "SELECT floor(extract(epoch FROM prepared) * 1000)::bigint FROM ";
    return Instant.ofEpochMilli(
        Long.parseLong(world.admin().column(millis + "pg_prepared_xacts").get(0)));
  }

  /**
   * The broker's branch was rolled back by hand, which only the order to commit brings to light.
   */
  @Test
  void anOrderMeetsABranchThatWasFinishedByHand() throws Exception {
    killedAt(ProtocolStep.BEFORE_LOG_FORCE);
    loseTheLog();
    world.start();
    finishInTheBroker(false);

    ActionReport report = recovery().commit(Selection.of(only().gtrid()), "paid");

    assertThat(report.transactions().get(0).branches())
        .extracting(result -> result.resource() + " " + result.outcome())
        .containsExactlyInAnyOrder("orders COMMITTED", "stock COMMITTED", "events HEURISTIC");
    assertThat(states(only()))
        .as("with what the order has reached, which is logged")
        .containsOnly(
            Map.entry("events", InDoubtBranch.State.HEURISTIC_ROLLBACK),
            Map.entry("orders", InDoubtBranch.State.FINISHED),
            Map.entry("stock", InDoubtBranch.State.FINISHED));
    forget(only());
    assertDoneIn(List.of("1"), List.of("1"), List.of());
  }
}
