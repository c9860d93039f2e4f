package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.BranchResult;
import dev.handfast.xa.recovery.BranchResult.Outcome;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction.State;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator orders, and what is refused. */
final class OrdersTest extends OrderScenario {

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

    assertThat(first.isComplete()).as("one could not be asked").isFalse();
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
    recover();
    assertThat(events.rolledBack()).as("recovery carries it to the end").hasSize(1);
    assertThat(handfast.recovery().status().logged()).isZero();
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
