package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.BranchResult.Outcome;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A live session of the resource manager has a branch: it is listed, and everybody else is answered
 * NOTA. That is never taken for its end.
 */
final class HeldBranchTest extends OrderScenario {

  private static final Answer NOTA = Answer.fails(XAException.XAER_NOTA);

  private void hold() {
    events.always(XaStep.COMMIT, NOTA);
    events.always(XaStep.ROLLBACK, NOTA);
  }

  private void assertHeld() {
    RecoveryReport report = recover();
    assertThat(report.committed() + report.rolledBack()).isZero();
    assertThat(report.unresolved()).isOne();
    assertThat(handfast.recovery().status().attention())
        .containsExactly("'events' lists 1 branches that live sessions of it hold");
    assertThat(waitsFor()).contains("live session of 'events'");
  }

  private String waitsFor() {
    return inDoubt().get(0).branches().stream()
        .filter(branch -> branch.state() == InDoubtBranch.State.PREPARED)
        .map(InDoubtBranch::waitsFor)
        .toList()
        .toString();
  }

  @Test
  void aDecisionStaysInTheLogUntilItCanReachTheBranch() {
    decided();
    hold();

    assertHeld();
    assertHeld();

    assertThat(handfast.recovery().status().logged()).isOne();
    assertThat(log.warnings()).filteredOn(line -> line.contains("HANDFAST001080")).hasSize(1);
    events.behave();
    assertThat(recover().committed()).isOne();
    assertThat(events.committed()).hasSize(1);
    assertThat(handfast.recovery().status().logged()).isZero();
    assertThat(handfast.recovery().status().attention()).isEmpty();
  }

  @Test
  void anOrphanStaysInDoubtUntilItCanBeRolledBack() {
    events.leavePrepared(Xids.of(suffix(), handfast.recovery().status().startId()));
    hold();

    assertHeld();
    assertHeld();

    events.behave();
    assertThat(recover().rolledBack()).isOne();
    assertThat(events.inDoubt()).isEmpty();
  }

  @Test
  void theRunningTransactionLeavesItToRecovery() {
    events.then(XaStep.COMMIT, NOTA);

    handfast.run(this::workOnBoth);

    assertThat(handfast.recovery().status().logged()).isOne();
    assertThat(recover().committed()).isOne();
    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void aRollbackAfterTheVoteLeavesItToRecovery() {
    orders.then(XaStep.ROLLBACK, NOTA);
    events.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBINTEGRITY));

    assertThatThrownBy(() -> handfast.run(this::workOnBoth))
        .isInstanceOf(RolledBackException.class);

    assertThat(orders.inDoubt()).hasSize(1);
    assertThat(recover().rolledBack()).isOne();
    assertThat(orders.inDoubt()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"COMMIT", "ROLLBACK"})
  void anOrderIsIncomplete(Action action) {
    Xid xid = quarantined();
    hold();

    ActionReport report = order(action, xid);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.transactions())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.outcome()).isEqualTo(TransactionResult.Outcome.INCOMPLETE);
              assertThat(result.reason()).contains("'events'", "XAER_NOTA", "live session");
              assertThat(result.branches())
                  .filteredOn(branch -> branch.resource().equals("events"))
                  .singleElement()
                  .satisfies(branch -> assertThat(branch.outcome()).isEqualTo(Outcome.HELD));
            });
    assertThat(waitsFor()).contains("live session of 'events'");

    events.behave();
    assertThat(order(action, xid).isComplete()).isTrue();
    assertThat(inDoubt()).isEmpty();
  }

  private ActionReport order(Action action, Xid xid) {
    return action == Action.COMMIT
        ? handfast.recovery().commit(only(xid), WHY)
        : handfast.recovery().rollback(only(xid), WHY);
  }

  /** Nobody knows what a NOTA means that no list came for. */
  @Test
  void anOrderIsIncompleteWithoutTheListAfterwards() {
    Xid xid = quarantined();
    hold();
    events.then(XaStep.RECOVER, Answer.ok(), Answer.ok());
    events.always(XaStep.RECOVER, Answer.fails(XAException.XAER_RMFAIL));

    assertThat(order(Action.COMMIT, xid).isComplete()).isFalse();
    events.behave();
    assertThat(events.inDoubt()).hasSize(1);
  }
}
