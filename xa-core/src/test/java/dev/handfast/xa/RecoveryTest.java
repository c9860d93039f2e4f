package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.slot.SlotFiles;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.recovery.Status;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedHandle;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.BranchState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Recovery beside a running application. */
final class RecoveryTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private Handfast handfast;
  private ScriptedHandle db;
  private ScriptedHandle jms;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders, events);
    db = handfast.resource(orders);
    jms = handfast.resource(events);
  }

  @AfterEach
  void close() {
    orders.behave();
    events.behave();
    handfast.close();
  }

  private List<DecisionRecord> logged() {
    return SlotFiles.decisions(directory.resolve("log"));
  }

  private void workOnBoth() {
    db.work();
    jms.work();
  }

  private RecoveryReport recover() {
    return handfast.recovery().recover(Duration.ZERO);
  }

  @Test
  void finishesLaterWhatCouldNotBeCommitted() throws IOException {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));

    handfast.run(this::workOnBoth);
    assertThat(logged()).hasSize(1);
    assertThat(jms.finished()).as("its connection is kept").isEmpty();
    assertThat(handfast.recovery().status().logged()).isOne();
    RecoveryReport report = recover();

    assertThat(report.committed()).isOne();
    assertThat(report.rolledBack()).isZero();
    assertThat(report.unresolved()).isZero();
    assertThat(events.committed()).isEqualTo(orders.committed()).hasSize(1);
    assertThat(jms.finished()).extracting(Branch::state).containsExactly(BranchState.COMMITTED);
    assertThat(logged()).isEmpty();
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  @Test
  void waitsForAResourceManagerThatIsAway() throws IOException {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    events.goDown();

    RecoveryReport down = recover();
    RecoveryReport stillDown = recover();
    assertThat(down.unresolved()).isEqualTo(stillDown.unresolved()).isOne();
    assertThat(events.calls())
        .as("listed at the start and once more; the next pass asks first who it is")
        .filteredOn("r:recover"::equals)
        .hasSize(2);
    assertThat(events.calls()).doesNotContain("r:commit");
    assertThat(logged()).hasSize(1);
    assertThat(log.warnings())
        .filteredOn(line -> line.contains("HANDFAST001033"))
        .singleElement()
        .asString()
        .contains("'events'");

    events.behave();
    RecoveryReport back = recover();
    assertThat(back.committed()).isOne();
    assertThat(logged()).isEmpty();
    assertThat(log.all()).filteredOn(line -> line.contains("HANDFAST001035")).hasSize(1);
  }

  @Test
  void recoversTheOthersWhileOneIsAway() {
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    events.goDown();

    RecoveryReport report = recover();

    assertThat(report.committed()).isOne();
    assertThat(report.unresolved()).isOne();
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  void believesThatABranchIsGoneOnlyAfterAForcedRoundTrip() throws IOException {
    events.then(XaStep.COMMIT, Answer.lost(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    events.clearCalls();

    RecoveryReport report = recover();

    assertThat(report.committed()).isOne();
    assertThat(report.unresolved()).isZero();
    assertThat(events.calls().stream().filter(call -> !call.equals("r:recover")))
        .startsWith("r:commit", "r:start", "r:end", "r:prepare", "r:rollback", "r:commit");
    assertThat(logged()).isEmpty();
  }

  @Test
  void neitherBelievesNorSpinsWithoutThatRoundTrip() throws IOException {
    events.then(XaStep.COMMIT, Answer.lost(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    events.always(XaStep.PREPARE, Answer.fails(XAException.XAER_RMERR));

    RecoveryReport report = recover();

    assertThat(report.committed()).isZero();
    assertThat(report.unresolved()).isOne();
    assertThat(logged()).hasSize(1);
  }

  @Test
  void doesNotSpinWhenTheResourceManagerGoesAwayBeforeTheConfirmation() throws IOException {
    events.then(XaStep.COMMIT, Answer.lost(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    // the pass that hears NOTA, and none afterwards
    events.then(XaStep.RECOVER, Answer.ok());
    events.always(XaStep.RECOVER, Answer.fails(XAException.XAER_RMFAIL));

    RecoveryReport report = recover();

    assertThat(report.unresolved()).isOne();
    assertThat(logged()).hasSize(1);
  }

  @Test
  void doesNotSpinWithAResourceManagerThatNeverGetsDone() {
    Xid orphan = Xids.of(suffix(), handfast.recovery().status().startId());
    orders.leavePrepared(orphan);
    orders.always(XaStep.ROLLBACK, new Answer(false, null, null));

    RecoveryReport report = recover();

    assertThat(orders.inDoubt()).hasSize(1);
    assertThat(report.unresolved()).isOne();
  }

  @Test
  void endsWhenACommitFailsForEver() {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XAER_RMERR));
    handfast.run(this::workOnBoth);

    RecoveryReport report = handfast.recovery().recover(Duration.ofMillis(300));

    assertThat(report.committed()).isZero();
    assertThat(report.unresolved()).isOne();
  }

  private String suffix() {
    Status status = handfast.recovery().status();
    return status.node() + "~" + status.storeId();
  }

  @Test
  void rollsBackWhatItNeitherRunsNorLogged() {
    Xid orphan = Xids.of(suffix(), handfast.recovery().status().startId());
    orders.leavePrepared(orphan);

    RecoveryReport report = recover();

    assertThat(report.rolledBack()).isOne();
    assertThat(report.committed()).isZero();
    assertThat(orders.inDoubt()).isEmpty();
  }

  @Test
  void leavesAloneWhatIsNotItsOwn() {
    Status status = handfast.recovery().status();
    List<Xid> others =
        List.of(
            Xids.of("test-1~zzzzzz", status.startId()),
            Xids.of("test-2~" + status.storeId(), status.startId()),
            Xids.of("test-1", status.startId()),
            Xids.of(suffix(), status.startId() ^ 1),
            Xids.of(4711, suffix(), status.startId()));
    others.forEach(orders::leavePrepared);
    orders.clearCalls();

    RecoveryReport report = recover();

    assertThat(orders.inDoubt()).containsExactlyElementsOf(others);
    assertThat(orders.calls()).containsOnly("r:recover");
    assertThat(report.rolledBack()).isZero();
  }

  @Test
  void leavesARunningTransactionAloneBetweenItsVotes() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      events.then(XaStep.PREPARE, Answer.waits(gate));
      Thread thread = new Thread(() -> handfast.run(this::workOnBoth));
      thread.start();
      gate.awaitReached();
      assertThat(orders.inDoubt()).hasSize(1);

      for (int pass = 0; pass < 1_000; pass++) {
        assertThat(recover().unresolved()).isZero();
      }

      gate.close();
      thread.join();
    }
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
    assertThat(orders.rolledBack()).isEmpty();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void leavesARunningTransactionAloneBetweenItsCommits() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.COMMIT, Answer.waits(gate));
      Thread thread = new Thread(() -> handfast.run(this::workOnBoth));
      thread.start();
      gate.awaitReached();

      recover();
      assertThat(events.inDoubt()).hasSize(1);

      gate.close();
      thread.join();
    }
    assertThat(events.calls()).doesNotContain("r:commit", "r:rollback");
    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void paysOneDeadlineForAResourceManagerThatHangs() {
    handfast.close();
    handfast =
        Nodes.builder(directory, orders, events)
            .recoveryCallTimeout(Duration.ofMillis(100))
            .start();
    Xid orphan = Xids.of(suffix(), handfast.recovery().status().startId());
    orders.leavePrepared(orphan);
    try (Answer.Gate gate = new Answer.Gate()) {
      events.then(XaStep.RECOVER, Answer.waits(gate));
      long begin = System.nanoTime();

      RecoveryReport report = recover();
      recover();
      recover();

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
      assertThat(report.rolledBack()).isOne();
      assertThat(reachable("events")).isFalse();
      assertThat(reachable("orders")).isTrue();
    }
    await()
        .untilAsserted(
            () -> {
              recover();
              assertThat(reachable("events")).isTrue();
            });
  }

  @Test
  void paysOneDeadlineForSeveralThatHang() {
    ScriptedRm third = new ScriptedRm("third");
    Duration deadline = Duration.ofSeconds(1);
    handfast.close();
    handfast =
        Nodes.builder(directory, orders, events, third).recoveryCallTimeout(deadline).start();
    Xid orphan = Xids.of(suffix(), handfast.recovery().status().startId());
    orders.leavePrepared(orphan);
    try (Answer.Gate gate = new Answer.Gate()) {
      events.then(XaStep.RECOVER, Answer.waits(gate));
      third.then(XaStep.RECOVER, Answer.waits(gate));
      long begin = System.nanoTime();

      RecoveryReport report = recover();

      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(deadline, deadline.multipliedBy(2).minusMillis(200));
      assertThat(report.rolledBack()).isOne();
      assertThat(report.unreachable()).containsExactly("events", "third");
    }
  }

  /** A commit that hangs holds up nobody else. */
  @Test
  void worksOnTheOthersWhileOneHangsInACommit() {
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    try (Answer.Gate gate = new Answer.Gate()) {
      events.then(XaStep.COMMIT, Answer.waits(gate));
      Thread pass = new Thread(this::recover);
      pass.start();
      await().until(() -> events.calls().contains("r:commit"));

      await().untilAsserted(() -> assertThat(orders.committed()).hasSize(1));

      assertThat(events.committed()).isEmpty();
    }
    await().untilAsserted(() -> assertThat(recover().unresolved()).isZero());
    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void recoversSoonAfterAResourceManagerIsBack() {
    handfast.close();
    handfast =
        Nodes.builder(directory, orders, events).recoveryPeriod(Duration.ofSeconds(30)).start();
    db = handfast.resource(orders);
    jms = handfast.resource(events);
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    events.goDown();
    recover();
    events.behave();

    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(events.committed()).hasSize(1));
  }

  private boolean reachable(String resource) {
    return handfast.recovery().status().resources().stream()
        .filter(status -> status.name().equals(resource))
        .allMatch(ResourceStatus::reachable);
  }

  @Test
  void saysHowItStands() {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    recover();

    Status status = handfast.recovery().status();

    assertThat(status.node()).isEqualTo("test-1");
    assertThat(status.storeId()).matches("[a-z2-7]{6}");
    assertThat(status.active()).isZero();
    assertThat(status.resources())
        .extracting(ResourceStatus::name)
        .containsExactly("orders", "events");
    assertThat(status.resources()).extracting(ResourceStatus::kind).containsOnly("scripted");
    assertThat(status.resources()).extracting(ResourceStatus::lastScan).doesNotContainNull();
    assertThat(status.startup().committed()).isZero();
  }

  @Test
  void recoversByItselfEveryPeriod() {
    handfast.close();
    handfast =
        Nodes.builder(directory, orders, events).recoveryPeriod(Duration.ofMillis(20)).start();
    db = handfast.resource(orders);
    jms = handfast.resource(events);
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));

    handfast.run(this::workOnBoth);

    await().untilAsserted(() -> assertThat(events.committed()).hasSize(1));
    await().untilAsserted(() -> assertThat(logged()).isEmpty());
  }

  @Test
  void warnsOfNothingInNormalPasses() {
    for (int i = 0; i < 3; i++) {
      handfast.run(this::workOnBoth);
      recover();
    }

    assertThat(log.warnings()).isEmpty();
  }
}
