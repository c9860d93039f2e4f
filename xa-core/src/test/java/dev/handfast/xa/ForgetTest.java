package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.handfast.xa.internal.log.slot.SlotFiles;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.BranchResult;
import dev.handfast.xa.recovery.BranchResult.Outcome;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import java.io.IOException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** What was ended by a resource manager alone is kept until an operator has it forgotten. */
final class ForgetTest extends OrderScenario {

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

  /** F9: the threads of both resource managers write one record, again and again. */
  @Test
  void forgetsForGoodWhatTwoResourceManagersEndedInOnePass() {
    for (int round = 0; round < 20; round++) {
      orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
      events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
      handfast.run(this::workOnBoth);
      Xid first = orders.inDoubt().get(0);
      orders.decideAlone(first, XAException.XA_HEURMIX);
      events.decideAlone(events.inDoubt().get(0), XAException.XA_HEURMIX);
      orders.behave();
      events.behave();
      recover();

      assertThat(handfast.recovery().forget(only(first), WHY).isComplete()).isTrue();

      handfast.close();
      assertThat(SlotFiles.decisions(directory.resolve("log"))).as("round %d", round).isEmpty();
      handfast = Nodes.start(directory, orders, events);
      assertThat(handfast.recovery().status().logged()).isZero();
    }
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
}
