package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.slot.SlotFiles;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Status;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.LiveThreads;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one start leaves, and what the next one makes of it. */
final class RestartTest {

  @RegisterExtension final Warnings warnings = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");

  private Path log() {
    return directory.resolve("log");
  }

  private List<DecisionRecord> logged() {
    return SlotFiles.decisions(log());
  }

  private Handfast start() {
    return Nodes.start(directory, orders, events);
  }

  private static void workOn(Handfast handfast, ScriptedRm... resources) {
    handfast.run(
        () -> {
          for (ScriptedRm resource : resources) {
            handfast.resource(resource).work();
          }
        });
  }

  /** A decision that could not be carried out anywhere is what a crash leaves. */
  private void leaveDecision(ScriptedRm... resources) {
    for (ScriptedRm resource : resources) {
      resource.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    }
    try (Handfast handfast = start()) {
      workOn(handfast, orders, events);
    }
    orders.behave();
    events.behave();
  }

  private static int startId(String gtrid) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(gtrid)).getInt(16);
  }

  @Test
  void commitsAtStartWhatWasDecided() throws IOException {
    leaveDecision(orders, events);
    assertThat(logged()).hasSize(1);
    assertThat(orders.inDoubt()).hasSize(1);

    try (Handfast handfast = start()) {
      RecoveryReport report = handfast.recovery().status().startup();
      assertThat(report.committed()).isEqualTo(2);
      assertThat(report.rolledBack()).isZero();
      assertThat(report.unresolved()).isZero();
      assertThat(logged()).isEmpty();
    }
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  void commitsTheRestWhenOneBranchWasCommittedBefore() throws IOException {
    leaveDecision(events);

    try (Handfast handfast = start()) {
      assertThat(handfast.recovery().status().startup().committed()).isOne();
    }

    assertThat(orders.committed()).hasSize(1);
    assertThat(events.committed()).hasSize(1);
    assertThat(logged()).isEmpty();
  }

  @Test
  void finishesADecisionWhoseCommitsWereAllDoneAndNotCleared() throws IOException {
    orders.always(XaStep.COMMIT, Answer.lost(XAException.XA_RETRY));
    events.always(XaStep.COMMIT, Answer.lost(XAException.XA_RETRY));
    try (Handfast handfast = start()) {
      workOn(handfast, orders, events);
    }
    orders.behave();
    events.behave();

    try (Handfast handfast = start()) {
      assertThat(handfast.recovery().status().startup().unresolved()).isZero();
    }

    assertThat(logged()).isEmpty();
    assertThat(orders.committed()).hasSize(1);
    assertThat(orders.rolledBack()).isEmpty();
  }

  @Test
  void rollsBackWhatVotedAndWasNotDecided() {
    Status first;
    try (Handfast handfast = start()) {
      first = handfast.recovery().status();
    }
    String suffix = first.node() + "~" + first.storeId();
    orders.leavePrepared(Xids.of(suffix, first.startId()));
    orders.leavePrepared(Xids.of(suffix, first.startId()));
    Xid unknownStart = Xids.of(suffix, first.startId() ^ 1);
    orders.leavePrepared(unknownStart);

    try (Handfast handfast = start()) {
      RecoveryReport report = handfast.recovery().status().startup();
      assertThat(report.rolledBack()).isEqualTo(2);
      assertThat(report.committed()).isZero();
    }

    assertThat(orders.inDoubt()).containsExactly(unknownStart);
  }

  @Test
  void startsWithoutAResourceManagerThatIsAwayAndRecoversItLater() throws IOException {
    leaveDecision(orders, events);
    events.optionalAtStart().goDown();

    try (Handfast handfast = start()) {
      RecoveryReport report = handfast.recovery().status().startup();
      assertThat(report.committed()).isOne();
      assertThat(report.unresolved()).isOne();
      assertThat(logged()).hasSize(1);

      events.behave();
      assertThat(handfast.recovery().recover(Duration.ZERO).committed()).isOne();
      assertThat(logged()).isEmpty();
    }
  }

  @Test
  void refusesToStartWithoutAResourceThatTheLogNames() throws IOException {
    leaveDecision(events);
    String gtrid = XidKey.of(events.inDoubt().get(0)).gtrid();

    StartRefusedException refusal =
        catchThrowableOfType(
            StartRefusedException.class, () -> Nodes.start(directory, orders).close());

    assertThat(refusal)
        .hasMessageContaining("'events'")
        .hasMessageContaining(gtrid)
        .hasMessageContaining("handfast.recovery.missing-resources=allow");
    assertThat(refusal.getMessage()).doesNotContain("'orders'");
    assertThat(logged()).hasSize(1);
    assertThat(orders.opened()).extracting(m -> m.closed()).containsOnly(1);
  }

  @Test
  void startsWithoutItIfToldTo() throws IOException {
    leaveDecision(events);

    try (Handfast handfast = Nodes.builder(directory, orders).allowMissingResources().start()) {
      assertThat(handfast.recovery().recover(Duration.ZERO).committed()).isZero();
      assertThat(handfast.recovery().status().logged()).isOne();
      assertThat(warnings.warnings())
          .anySatisfy(line -> assertThat(line).contains("HANDFAST001003"));
    }
    assertThat(logged()).as("it waits").hasSize(1);

    start().close();
    assertThat(events.committed()).hasSize(1);
    assertThat(logged()).isEmpty();
  }

  @Test
  void keepsAHeuristicOutcomeOverRestarts() throws IOException {
    leaveDecision(orders, events);
    events.decideAlone(events.inDoubt().get(0), XAException.XA_HEURRB);

    for (int i = 0; i < 2; i++) {
      try (Handfast handfast = start()) {
        assertThat(handfast.recovery().status().startup().unresolved()).isOne();
        assertThat(handfast.recovery().status().logged()).isOne();
      }
    }

    assertThat(orders.committed()).as("the others follow the decision").hasSize(1);
    assertThat(orders.rolledBack()).isEmpty();
    assertThat(logged()).hasSize(1);
    assertThat(events.calls()).doesNotContain("r:forget");
  }

  @Test
  void forgetsAHeuristicCommitOfADecidedCommit() throws IOException {
    leaveDecision(orders, events);
    events.decideAlone(events.inDoubt().get(0), XAException.XA_HEURCOM);

    try (Handfast handfast = start()) {
      assertThat(handfast.recovery().status().startup().committed()).isEqualTo(2);
      assertThat(handfast.recovery().status().startup().unresolved()).isZero();
    }

    assertThat(events.inDoubt()).isEmpty();
    assertThat(logged()).isEmpty();
  }

  @Test
  void leavesTheBranchesOfADamagedRecordAlone() {
    leaveDecision(orders, events);
    SlotFiles.flipHeads(log(), 8 * 200);

    assertThatTheDecisionIsQuarantined();
  }

  /** Contents that their checksums cover: a serialised object, an unknown kind. */
  @ParameterizedTest
  @ValueSource(strings = {"", "010203", "aced000573720011", "48464c4700000002000000010000000000"})
  void leavesTheBranchesOfAForeignRecordAlone(String content) {
    leaveDecision(orders, events);
    SlotFiles.replace(log(), HexFormat.of().parseHex(content));

    assertThatTheDecisionIsQuarantined();
  }

  private void assertThatTheDecisionIsQuarantined() {
    try (Handfast handfast = start()) {
      assertThat(handfast.recovery().status().startup().unresolved()).isEqualTo(2);
      assertThat(handfast.recovery().recover(Duration.ZERO).rolledBack()).isZero();
      events.behave();
      workOn(handfast, orders, events);
    }
    assertThat(orders.inDoubt()).as("left alone").hasSize(1);
    assertThat(events.inDoubt()).as("left alone").hasSize(1);
    assertThat(orders.committed()).as("new work goes on").hasSize(1);
  }

  @Test
  void worksFullyAtTheSecondStart() {
    int first;
    try (Handfast handfast = start()) {
      workOn(handfast, orders, events);
      first = handfast.recovery().status().startId();
    }
    try (Handfast handfast = start()) {
      assertThat(handfast.recovery().status().startId()).isNotEqualTo(first);
      workOn(handfast, orders, events);
      events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
      workOn(handfast, orders, events);
      assertThat(handfast.recovery().recover(Duration.ZERO).committed()).isOne();
      assertThat(startId(orders.committed().get(1)))
          .isEqualTo(handfast.recovery().status().startId());
    }

    assertThat(orders.committed()).hasSize(3).isEqualTo(events.committed());
    assertThat(startId(orders.committed().get(0))).isEqualTo(first);
  }

  @Test
  void worksFullyOnAnotherStoreOfAnotherNode() {
    try (Handfast handfast = start()) {
      workOn(handfast, orders, events);
    }
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    Handfast.Builder second =
        Handfast.builder()
            .nodeName("another")
            .logStore(LogStore.inMemory())
            .resources(orders, events);
    try (Handfast handfast = second.start()) {
      workOn(handfast, orders, events);
      Status status = handfast.recovery().status();
      String gtrid = orders.committed().get(1);
      assertThat(startId(gtrid)).isEqualTo(status.startId());
      assertThat(
              new String(
                  HexFormat.of().parseHex(gtrid, 56, gtrid.length()), StandardCharsets.US_ASCII))
          .isEqualTo("another~" + status.storeId());
      assertThat(status.logged()).isOne();
      events.behave();
      assertThat(handfast.recovery().recover(Duration.ZERO).committed()).isOne();
    }
    assertThat(events.committed()).isEqualTo(orders.committed());
  }

  @Test
  void leavesNoThreadBehind() {
    start().close(); // what the JVM itself starts once
    LiveThreads before = LiveThreads.now();

    for (int i = 0; i < 3; i++) {
      try (Handfast handfast = start()) {
        workOn(handfast, orders, events);
        handfast.recovery().recover(Duration.ZERO);
      }
    }

    await().pollInSameThread().untilAsserted(() -> assertThat(before.added()).isEmpty());
  }

  @Test
  void warnsOfNothing() {
    for (int i = 0; i < 2; i++) {
      try (Handfast handfast = start()) {
        workOn(handfast, orders, events);
      }
    }
    assertThat(warnings.warnings()).isEmpty();
  }
}
