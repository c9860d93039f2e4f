package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import java.io.IOException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** Orders against what the log says. */
final class OverrulingTest extends OrderScenario {

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
}
