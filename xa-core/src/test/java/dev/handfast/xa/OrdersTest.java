package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.BranchResult;
import dev.handfast.xa.recovery.BranchResult.Outcome;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.InDoubtTransaction.State;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.Status;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator orders, and what is refused. */
final class OrdersTest {

  private static final String WHY = "the broker's disk is gone, ticket 4711";

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private Handfast handfast;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders, events);
  }

  @AfterEach
  void close() {
    orders.behave();
    events.behave();
    handfast.close();
  }

  private void restart() {
    handfast.close();
    handfast = Nodes.start(directory, orders, events);
  }

  private void workOnBoth() {
    handfast.resource(orders).work();
    handfast.resource(events).work();
  }

  private String suffix() {
    Status status = handfast.recovery().status();
    return status.node() + "~" + status.storeId();
  }

  private static Selection only(Xid xid) {
    return Selection.of(XidKey.of(xid).gtrid());
  }

  private List<InDoubtTransaction> inDoubt() {
    return handfast.recovery().inDoubt(Filter.all()).transactions();
  }

  private Path auditFile() {
    return directory.resolve("log/audit.log");
  }

  private List<String> audit() throws IOException {
    return Files.exists(auditFile()) ? Files.readAllLines(auditFile()) : List.of();
  }

  /** One that another log store made, with a branch on each resource manager. */
  private Xid quarantined() {
    Xid first = Xids.of("test-1~zzzzzz", 1);
    orders.leavePrepared(first);
    events.leavePrepared(Xids.of(Xids.FORMAT, first.getGlobalTransactionId(), new byte[] {1}));
    return first;
  }

  /** One that the log holds the decision to commit of, and one branch of it waits. */
  private Xid decided() {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    return events.inDoubt().get(0);
  }

  private void assertRefused(ActionReport report, String... why) throws IOException {
    assertThat(report.isRefused()).isTrue();
    assertThat(report.refusal()).contains(why);
    assertThat(audit()).isEmpty();
    assertThat(orders.calls()).doesNotContain("r:commit", "r:rollback", "r:forget");
    assertThat(events.calls()).doesNotContain("r:commit", "r:rollback", "r:forget");
  }

  private void clearCalls() {
    orders.clearCalls();
    events.clearCalls();
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"COMMIT", "ROLLBACK"})
  void finishesWhatIsQuarantined(Action action) throws IOException {
    Xid xid = quarantined();

    ActionReport report =
        action == Action.COMMIT
            ? handfast.recovery().commit(only(xid), WHY)
            : handfast.recovery().rollback(only(xid), WHY);

    Outcome expected = action == Action.COMMIT ? Outcome.COMMITTED : Outcome.ROLLED_BACK;
    assertThat(report.isComplete()).isTrue();
    assertThat(report.transactions())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.outcome()).isEqualTo(TransactionResult.Outcome.DONE);
              assertThat(result.branches())
                  .extracting(BranchResult::resource, BranchResult::outcome, BranchResult::answer)
                  .containsExactly(
                      tuple("events", expected, "OK"), tuple("orders", expected, "OK"));
            });
    assertThat(orders.inDoubt()).isEmpty();
    assertThat(events.inDoubt()).isEmpty();
    assertThat(action == Action.COMMIT ? orders.committed() : orders.rolledBack())
        .containsExactly(XidKey.of(xid).gtrid());
    assertThat(inDoubt()).isEmpty();
  }

  @Test
  void recordsEachOrderBeforeAndAfter() throws IOException {
    Xid xid = quarantined();

    handfast.recovery().commit(only(xid), "line\nbreak \u0007 and \"quote\"");

    assertThat(audit()).hasSize(2);
    assertThat(audit().get(0))
        .contains(
            "\"phase\":\"before\"",
            "\"command\":\"commit\"",
            "\"user\":\"" + System.getProperty("user.name") + "\"",
            "\"via\":\"api\"",
            "\"force\":false",
            "\"reason\":\"line\\nbreak \\u0007 and \\\"quote\\\"\"",
            "\"gtrid\":\"" + XidKey.of(xid).gtrid() + "\"",
            "\"state\":\"QUARANTINED\"");
    assertThat(audit().get(1))
        .contains("\"phase\":\"after\"", "\"outcome\":\"DONE\"", "\"COMMITTED\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(auditFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void recordsTheOrderBeforeItActs() throws Exception {
    Xid xid = quarantined();
    try (Answer.Gate gate = new Answer.Gate()) {
      events.then(XaStep.COMMIT, Answer.waits(gate));
      Thread thread = new Thread(() -> handfast.recovery().commit(only(xid), WHY));
      thread.start();
      gate.awaitReached();

      assertThat(audit()).singleElement().asString().contains("\"phase\":\"before\"");

      gate.close();
      thread.join();
    }
    assertThat(audit()).hasSize(2);
  }

  @Test
  void refusesWhatItCannotRecord() throws IOException {
    Xid xid = quarantined();
    Files.createDirectory(auditFile());
    clearCalls();

    ActionReport report = handfast.recovery().commit(only(xid), WHY);

    assertThat(report.isRefused()).isTrue();
    assertThat(report.refusal()).contains("audit log");
    assertThat(orders.calls()).containsOnly("r:recover");
    assertThat(orders.inDoubt()).hasSize(1);
  }

  @Test
  void goesOnBehindALineThatACrashTore() throws IOException {
    Files.writeString(auditFile(), "{\"time\":\"20");

    handfast.recovery().rollback(only(quarantined()), WHY);

    assertThat(audit()).hasSize(3);
    assertThat(audit().get(1)).startsWith("{").endsWith("}");
  }

  @Test
  void saysThatNothingIsLeftWhenOrderedAgain() throws IOException {
    Xid xid = quarantined();
    handfast.recovery().commit(only(xid), WHY);
    clearCalls();

    ActionReport again = handfast.recovery().commit(only(xid), WHY);

    assertThat(again.isRefused()).isFalse();
    assertThat(again.transactions())
        .extracting(TransactionResult::gtrid, TransactionResult::outcome)
        .containsExactly(tuple(XidKey.of(xid).gtrid(), TransactionResult.Outcome.NOT_FOUND));
    assertThat(audit()).hasSize(2);
    assertThat(orders.calls()).containsOnly("r:recover");
  }

  @Test
  void goesOnWhereItStopped() {
    Xid xid = quarantined();
    events.goDown();
    ActionReport first = handfast.recovery().rollback(only(xid), WHY);
    events.behave();

    ActionReport second = handfast.recovery().rollback(only(xid), WHY);

    assertThat(first.isComplete()).as("one could not be asked").isTrue();
    assertThat(first.unreachable()).containsExactly("events");
    assertThat(second.isComplete()).isTrue();
    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
  }

  @Test
  void isIncompleteWhenABranchGivesNoAnswer() {
    Xid xid = quarantined();
    events.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMERR));

    ActionReport report = handfast.recovery().rollback(only(xid), WHY);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.transactions().get(0).outcome())
        .isEqualTo(TransactionResult.Outcome.INCOMPLETE);
    assertThat(report.transactions().get(0).reason()).contains("'events'", "XAER_RMERR");
    assertThat(orders.rolledBack()).hasSize(1);
    assertThat(events.inDoubt()).hasSize(1);
  }

  @Test
  void refusesToRollBackWhatIsDecided() throws IOException {
    Xid xid = decided();
    clearCalls();

    ActionReport report = handfast.recovery().rollback(only(xid), WHY);

    assertRefused(report, "decision to commit", "force");
    assertThat(events.inDoubt()).hasSize(1);
  }

  @Test
  void rollsBackWhatIsDecidedIfItMust() throws IOException {
    Xid xid = decided();

    ActionReport report = handfast.recovery().rollback(only(xid).withForce(), WHY);
    events.behave();
    restart();

    assertThat(report.isComplete()).isTrue();
    assertThat(events.rolledBack()).hasSize(1);
    assertThat(events.committed()).isEmpty();
    assertThat(handfast.recovery().status().logged()).isZero();
    assertThat(inDoubt()).isEmpty();
    assertThat(audit().get(0)).contains("\"force\":true", "\"decision\":\"COMMIT\"");
  }

  /** Recovery would commit the branch that gave no answer. */
  @Test
  void goesOnToRollBackWhatWasDecided() throws IOException {
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    Xid xid = decided();
    orders.behave();
    events.behave();
    orders.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMERR));

    ActionReport report = handfast.recovery().rollback(only(xid).withForce(), WHY);
    recover();

    assertThat(report.isComplete()).isFalse();
    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
    assertThat(orders.committed()).isEqualTo(events.committed()).isEmpty();
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  /** The decision to roll back survives a crash, and so does what is left of it. */
  @Test
  void goesOnToRollBackAfterARestart() throws IOException {
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    Xid xid = decided();
    orders.behave();
    events.behave();
    orders.always(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMERR));
    handfast.recovery().rollback(only(xid).withForce(), WHY);
    assertThat(inDoubt())
        .extracting(InDoubtTransaction::decision)
        .containsExactly(Decision.ROLLBACK);

    orders.behave();
    restart();

    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
    assertThat(orders.committed()).isEmpty();
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  /** Recovery would commit the branch that the order cannot reach. */
  @Test
  void neverRollsBackWhatIsDecidedWhileOneCannotBeAsked() throws IOException {
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    Xid xid = decided();
    orders.goDown();
    clearCalls();

    assertRefused(handfast.recovery().rollback(only(xid).withForce(), WHY), "'orders'");

    orders.behave();
    events.behave();
    recover();
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  void refusesToCommitWhatWasNeverDecided() throws IOException {
    Xid orphan = Xids.of(suffix(), handfast.recovery().status().startId());
    orders.leavePrepared(orphan);
    clearCalls();

    ActionReport report = handfast.recovery().commit(only(orphan), WHY);

    assertRefused(report, "no decision to commit", "force");
    assertThat(orders.inDoubt()).hasSize(1);
  }

  @Test
  void commitsWhatWasNeverDecidedIfItMust() {
    Xid orphan = Xids.of(suffix(), handfast.recovery().status().startId());
    orders.leavePrepared(orphan);

    handfast.recovery().commit(only(orphan).withForce(), WHY);

    assertThat(orders.committed()).hasSize(1);
    assertThat(orders.rolledBack()).isEmpty();
  }

  /** Recovery would roll back what the order could not commit. */
  @Test
  void decidesWhatItCommitsWithoutADecision() {
    Xid orphan = Xids.of(suffix(), handfast.recovery().status().startId());
    orders.leavePrepared(orphan);
    events.leavePrepared(Xids.of(Xids.FORMAT, orphan.getGlobalTransactionId(), new byte[] {1}));
    events.then(
        XaStep.COMMIT, Answer.fails(XAException.XAER_RMERR), Answer.fails(XAException.XAER_RMERR));

    ActionReport report = handfast.recovery().commit(only(orphan).withForce(), WHY);

    assertThat(report.isComplete()).isFalse();
    assertThat(inDoubt()).extracting(InDoubtTransaction::decision).containsExactly(Decision.COMMIT);
    restart();
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
    assertThat(events.rolledBack()).isEmpty();
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  /** Recovery would roll the branch back that the order cannot see. */
  @Test
  void neverCommitsWithoutADecisionWhileOneCannotBeAsked() throws IOException {
    Xid orphan = Xids.of(suffix(), handfast.recovery().status().startId());
    orders.leavePrepared(orphan);
    events.goDown();
    clearCalls();

    assertRefused(handfast.recovery().commit(only(orphan).withForce(), WHY), "events");
  }

  @Test
  void neverTouchesWhatIsRunning() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      events.then(XaStep.PREPARE, Answer.waits(gate));
      Thread thread = new Thread(() -> handfast.run(this::workOnBoth));
      thread.start();
      gate.awaitReached();
      Selection selection = only(orders.inDoubt().get(0)).withForce();
      clearCalls();

      assertRefused(handfast.recovery().rollback(selection, WHY), "running");
      assertRefused(handfast.recovery().commit(selection, WHY), "running");
      assertRefused(handfast.recovery().forget(selection, WHY), "running");

      gate.close();
      thread.join();
    }
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  void neverTouchesWhatIsForeign() throws IOException {
    Xid foreign = Xids.of("test-2~abcdef", 1);
    orders.leavePrepared(foreign);
    clearCalls();

    assertRefused(handfast.recovery().rollback(only(foreign).withForce(), WHY), "not this node's");
    assertThat(orders.inDoubt()).hasSize(1);
  }

  @Test
  void refusesAWholeOrderBecauseOfOne() throws IOException {
    quarantined();
    decided();
    clearCalls();

    ActionReport report = handfast.recovery().rollback(Selection.matching(Filter.all(), 2), WHY);

    assertRefused(report, "decision to commit");
    assertThat(orders.inDoubt()).hasSize(1);
  }

  @Test
  void refusesADifferentNumberThanExpected() throws IOException {
    quarantined();
    clearCalls();

    ActionReport report = handfast.recovery().rollback(Selection.matching(Filter.all(), 2), WHY);

    assertRefused(report, "Expected were 2 transactions, found are 1");
  }

  @Test
  void finishesManyAtOnce() throws IOException {
    for (int i = 0; i < 20; i++) {
      quarantined();
    }
    decided();

    ActionReport report =
        handfast
            .recovery()
            .rollback(Selection.matching(Filter.all().withStates(State.QUARANTINED), 20), WHY);

    assertThat(report.isComplete()).isTrue();
    assertThat(report.transactions()).hasSize(20);
    assertThat(orders.rolledBack()).hasSize(20);
    assertThat(events.rolledBack()).hasSize(20);
    assertThat(audit()).hasSize(40);
  }

  @Test
  void previewsWithoutAnyEffect() throws IOException {
    Xid xid = quarantined();
    clearCalls();

    ActionReport report = handfast.recovery().preview(Action.ROLLBACK, only(xid));

    assertThat(report.isRefused()).isFalse();
    assertThat(report.transactions())
        .singleElement()
        .satisfies(
            result ->
                assertThat(result.branches())
                    .extracting(BranchResult::outcome, BranchResult::answer)
                    .containsOnly(tuple(Outcome.UNTOUCHED, "PREPARED")));
    assertThat(audit()).isEmpty();
    assertThat(orders.calls()).containsOnly("r:recover");
  }

  @Test
  void commitsWhatIsDecidedAtOnce() {
    Xid xid = decided();
    events.behave();

    ActionReport report = handfast.recovery().commit(only(xid), WHY);

    assertThat(report.isComplete()).isTrue();
    assertThat(events.committed()).isEqualTo(orders.committed()).hasSize(1);
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  private void assertForgotten() {
    assertThat(events.calls()).contains("r:forget");
    assertThat(events.inDoubt()).isEmpty();
    assertThat(inDoubt()).isEmpty();
    assertThat(handfast.recovery().status().logged()).isZero();
    assertThat(handfast.recovery().status().attention()).isEmpty();
    restart();
    assertThat(inDoubt()).isEmpty();
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  @Test
  void forgetsWhatAResourceManagerEndedAlone() {
    Xid xid = decided();
    events.behave();
    events.decideAlone(xid, XAException.XA_HEURRB);
    assertThat(recover().unresolved()).isOne();

    ActionReport report = handfast.recovery().forget(only(xid), WHY);

    assertThat(report.isComplete()).isTrue();
    assertThat(report.transactions().get(0).branches())
        .filteredOn(result -> result.resource().equals("events"))
        .extracting(BranchResult::outcome)
        .containsExactly(Outcome.FORGOTTEN);
    assertForgotten();
  }

  private RecoveryReport recover() {
    return handfast.recovery().recover(Duration.ZERO);
  }

  @Test
  void forgetsWhatWasSaidWhileTheTransactionRan() {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    assertThat(catchThrowable(() -> handfast.run(this::workOnBoth)))
        .isInstanceOf(HeuristicOutcomeException.class);
    Xid xid = events.inDoubt().get(0);
    events.decideAlone(xid, XAException.XA_HEURRB);

    handfast.recovery().forget(only(xid), WHY);

    assertForgotten();
  }

  @Test
  void forgetsAnOrphanThatWasCommittedAlone() {
    Xid orphan = Xids.of(suffix(), handfast.recovery().status().startId());
    events.leavePrepared(orphan);
    events.decideAlone(orphan, XAException.XA_HEURCOM);
    recover();

    assertThat(handfast.recovery().forget(only(orphan), WHY).isComplete()).isTrue();

    assertForgotten();
  }

  /** The record stays for the other branch, and leaves the log with it. */
  @Test
  void forgetsOneBranchWhileAnotherWaits() {
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    Xid xid = events.inDoubt().get(0);
    events.decideAlone(xid, XAException.XA_HEURMIX);
    events.behave();
    recover();

    handfast.recovery().forget(only(xid), WHY);
    assertThat(handfast.recovery().status().logged()).as("orders waits").isOne();
    orders.behave();
    recover();

    assertThat(orders.committed()).hasSize(1);
    assertForgotten();
  }

  @Test
  void hasNothingToForget() throws IOException {
    Xid xid = decided();
    clearCalls();

    assertRefused(handfast.recovery().forget(only(xid), WHY), "nothing to forget");
    assertRefused(
        handfast.recovery().forget(only(xid).withForce(), WHY), "would be lost with the log");
  }

  @Test
  void strikesOffWhatIsNotConfiguredIfItMust() {
    Xid xid = decided();
    handfast.close();
    handfast = Nodes.builder(directory, orders).allowMissingResources().start();

    ActionReport plain = handfast.recovery().forget(only(xid), WHY);
    ActionReport forced = handfast.recovery().forget(only(xid).withForce(), WHY);

    assertThat(plain.isRefused()).isTrue();
    assertThat(forced.isComplete()).isTrue();
    assertThat(handfast.recovery().status().logged()).isZero();
    handfast.close();
    handfast = Nodes.start(directory, orders);
  }

  @Test
  void tellsAResourceManagerThatEndedItAloneMeanwhile() {
    Xid xid = quarantined();
    orders.decideAlone(xid, XAException.XA_HEURCOM);

    ActionReport report = handfast.recovery().rollback(only(xid), WHY);

    assertThat(report.transactions().get(0).branches())
        .extracting(BranchResult::resource, BranchResult::outcome)
        .containsExactly(tuple("events", Outcome.ROLLED_BACK), tuple("orders", Outcome.HEURISTIC));
    assertThat(orders.calls()).doesNotContain("r:forget");
    assertThat(inDoubt()).singleElement().satisfies(t -> assertThat(t.needsAttention()).isTrue());
  }

  @Test
  void refusesAStrangerUntilAnOperatorAcceptsIt() throws IOException {
    decided();
    events.becomes("another").goDown();
    recover();
    events.behave();
    recover();

    assertThat(events.calls()).doesNotContain("r:commit");
    assertThat(inDoubt()).extracting(InDoubtTransaction::state).containsExactly(State.QUARANTINED);
    assertThat(handfast.recovery().status().attention())
        .contains("'events' is another resource manager than before");
    ActionReport report = handfast.recovery().acceptResource("events", WHY);

    assertThat(report.isComplete()).isTrue();
    assertThat(events.committed()).hasSize(1);
    assertThat(inDoubt()).isEmpty();
    assertThat(audit()).hasSize(2);
    assertThat(audit().get(0))
        .contains("\"command\":\"resource accept\"", "\"subject\":\"events\"");
    assertThat(handfast.recovery().acceptResource("events", WHY).isRefused()).isTrue();
    restart();
  }

  /** Its connection was made anew between two calls, which nobody noticed. */
  @Test
  void believesNoStrangerThatTookThePlaceUnnoticed() throws IOException {
    decided();
    events.behave().loseAll();
    events.becomes("another");
    recover();
    recover();

    assertThat(inDoubt()).extracting(InDoubtTransaction::state).containsExactly(State.QUARANTINED);
    assertThat(handfast.recovery().status().attention())
        .contains("'events' is another resource manager than before");
  }

  /** Nothing is logged yet: what voted will wait for the one that took the vote. */
  @Test
  void acceptsNoStrangerWhileATransactionIsBeingDecided() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.COMMIT, Answer.waits(gate));
      Thread thread = new Thread(() -> handfast.run(this::workOnBoth));
      thread.start();
      gate.awaitReached();
      events.goDown();
      recover();
      events.becomes("another").behave().loseAll();
      recover();
      events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
      gate.close();
      thread.join();
    }
    recover();
    recover();

    assertThat(inDoubt()).extracting(InDoubtTransaction::state).containsExactly(State.QUARANTINED);
    assertThat(handfast.recovery().status().attention())
        .contains("'events' is another resource manager than before");
    handfast.recovery().acceptResource("events", WHY);
  }

  @Test
  void hasNothingToAcceptInAStoreThatIsWhole() {
    assertThat(handfast.recovery().acceptStore(WHY).isRefused()).isTrue();
  }

  @Test
  void wantsAReasonAndASelection() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handfast.recovery().commit(Selection.of("00"), " "));
    assertThatIllegalArgumentException().isThrownBy(Selection::of);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Selection(Filter.all(), java.util.OptionalInt.empty(), false));
  }

  @Test
  void saysThatOrdersAreNotKeptInMemory() {
    handfast.close();
    handfast =
        Handfast.builder()
            .nodeName(Nodes.NAME)
            .logStore(LogStore.inMemory())
            .resources(orders, events)
            .recoveryPeriod(Duration.ofHours(1))
            .start();

    handfast.recovery().rollback(only(quarantined()), WHY);

    assertThat(log.all()).filteredOn(line -> line.contains("HANDFAST001070")).hasSize(2);
  }
}
