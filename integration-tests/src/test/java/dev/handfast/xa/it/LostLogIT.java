package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The log is lost between the votes and the commit: nothing is guessed, an operator decides. */
final class LostLogIT {

  @TempDir static Path servers;
  static BrokerProcess broker;

  @TempDir Path directory;
  private H2World world;
  private String queue;

  @BeforeAll
  static void startBroker() {
    broker = BrokerProcess.start(servers.resolve("broker"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void leaveTwoVotes(TestInfo test) throws Exception {
    queue = test.getTestMethod().orElseThrow().getName();
    new H2World(directory, broker, queue).close();
    try (ChildJvm voter =
        ChildJvm.run(VoterMain.class, directory.toString(), broker.url(), queue)) {
      voter.awaitExit(VoterMain.EXIT);
    }
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).hasSize(1);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private void restart() throws Exception {
    world = new H2World(directory, broker, queue);
  }

  @Test
  void theDirectoryIsDeleted() throws Exception {
    delete(log());
    restart();

    InDoubtTransaction lost = assertThatTheBranchesAreLeftAlone();
    var report = world.handfast().recovery().commit(Selection.of(lost.gtrid()), "seen in the till");

    assertThat(report.isComplete()).as("%s", report).isTrue();
    assertThat(world.rows("orders")).containsExactly(1, 2);
    assertThat(world.messages()).containsExactlyInAnyOrder("one", "two");
    world.assertNothingInDoubt();
    List<String> audit = Files.readAllLines(log().resolve("audit.log"));
    assertThat(audit)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("\"commit\"", lost.gtrid()));
    assertThat(audit.get(0)).contains("\"before\"", "seen in the till");
    assertThat(audit.get(1)).contains("\"after\"", "COMMITTED");
  }

  @Test
  void theSlotFileIsDeletedAndTheOperatorRollsBack() throws Exception {
    Files.delete(log().resolve("slots"));
    restart();

    InDoubtTransaction lost = assertThatTheBranchesAreLeftAlone();
    var report = world.handfast().recovery().rollback(Selection.of(lost.gtrid()), "not paid");

    assertThat(report.isComplete()).as("%s", report).isTrue();
    assertThat(world.rows("orders")).containsExactly(2);
    assertThat(world.messages()).containsExactly("two");
    world.assertNothingInDoubt();
  }

  @Test
  void theDirectoryIsACopyAndTheOperatorAcceptsIt() throws Exception {
    Path copy = directory.resolve("copy");
    Files.createDirectory(copy);
    for (Path file : files(log())) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    delete(log());
    Files.move(copy, log());
    restart();

    assertThatTheBranchesAreLeftAlone();
    assertThat(world.handfast().recovery().acceptStore("restored on purpose").isRefused())
        .isFalse();

    assertThat(world.handfast().recovery().recover(Duration.ZERO).isComplete()).isTrue();
    assertThat(world.rows("orders")).containsExactly(2);
    assertThat(world.messages()).containsExactly("two");
    world.assertNothingInDoubt();
  }

  /** Recovery touches nothing, says why, and new work goes on. */
  private InDoubtTransaction assertThatTheBranchesAreLeftAlone() throws Exception {
    RecoveryReport report = world.handfast().recovery().recover(Duration.ZERO);
    assertThat(report.committed() + report.rolledBack()).isZero();
    List<InDoubtTransaction> found =
        world.handfast().recovery().inDoubt(Filter.all()).transactions();
    assertThat(found).hasSize(1);
    InDoubtTransaction lost = found.get(0);
    assertThat(lost.state()).isEqualTo(InDoubtTransaction.State.QUARANTINED);
    assertThat(lost.decision()).isEqualTo(Decision.UNKNOWN);
    assertThat(lost.actions()).contains(Action.COMMIT, Action.ROLLBACK);
    assertThat(lost.branches())
        .extracting(InDoubtBranch::resource, InDoubtBranch::state)
        .containsExactly(
            tuple("events", InDoubtBranch.State.PREPARED),
            tuple("orders", InDoubtBranch.State.PREPARED));
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 2);
              world.send("two");
            });
    return lost;
  }

  private Path log() {
    return directory.resolve("tx-log");
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
