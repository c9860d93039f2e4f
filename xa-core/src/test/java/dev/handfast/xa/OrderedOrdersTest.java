package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.BranchResult;
import dev.handfast.xa.recovery.BranchResult.Outcome;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator's order commits databases before brokers too, and no broker alone without force. */
final class OrderedOrdersTest extends CommitOrderScenario {

  private static final String WHY = "ticket 4711";

  private static Selection all() {
    return Selection.matching(Filter.all(), 1);
  }

  /** One that another log store made, with a branch on each of these. */
  private void quarantined(ScriptedRm... on) {
    byte[] gtrid = Xids.of("test-1~zzzzzz", 1).getGlobalTransactionId();
    for (byte i = 0; i < on.length; i++) {
      Xid branch = Xids.of(Xids.FORMAT, gtrid, new byte[] {i});
      on[i].leavePrepared(branch);
    }
  }

  private ActionReport commit() {
    return handfast.recovery().commit(all(), WHY);
  }

  private ActionReport commitByForce() {
    return handfast.recovery().commit(all().withForce(), WHY);
  }

  private static TransactionResult only(ActionReport report) {
    assertThat(report.isRefused()).as(report.refusal()).isFalse();
    assertThat(report.transactions()).hasSize(1);
    return report.transactions().get(0);
  }

  private void assertRefused(ActionReport report, String... why) {
    assertThat(report.isRefused()).isTrue();
    assertThat(report.refusal()).contains(why).contains("order it with force");
    assertThat(commits()).isEmpty();
    assertThat(events.inDoubt()).hasSize(1);
  }

  @Test
  void theDatabasesComeFirst() {
    quarantined(events, orders, stock);

    TransactionResult result = only(commit());

    assertThat(result.outcome()).isEqualTo(TransactionResult.Outcome.DONE);
    assertThat(commits()).containsExactly("orders r:commit", "stock r:commit", "events r:commit");
  }

  @Test
  void aRollbackHasNoOrder() {
    quarantined(events, orders);
    orders.always(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMERR));

    TransactionResult result = only(handfast.recovery().rollback(all(), WHY));

    assertThat(result.outcome()).isEqualTo(TransactionResult.Outcome.INCOMPLETE);
    assertThat(events.rolledBack()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        XAException.XA_RETRY,
        XAException.XAER_RMFAIL,
        XAException.XAER_RMERR,
        XAException.XAER_NOTA
      })
  void theBrokerIsLeftAloneWhileADatabaseHasNotAnswered(int code) {
    quarantined(events, orders, stock);
    orders.always(XaStep.COMMIT, Answer.fails(code));

    TransactionResult result = only(commit());

    assertThat(result.outcome()).isEqualTo(TransactionResult.Outcome.INCOMPLETE);
    assertThat(result.reason())
        .contains("'events': it waits for 'orders', which has not committed yet");
    assertThat(result.branches())
        .extracting(BranchResult::resource, BranchResult::outcome)
        .contains(tuple("stock", Outcome.COMMITTED), tuple("events", Outcome.WAITING));
    assertThat(events.inDoubt()).hasSize(1);

    orders.behave();
    assertThat(only(commit()).outcome()).isEqualTo(TransactionResult.Outcome.DONE);
    assertThat(events.committed()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        XAException.XA_HEURRB,
        XAException.XA_HEURMIX,
        XAException.XA_HEURHAZ,
        XAException.XA_HEURCOM
      })
  void anOutcomeOfTheDatabasesOwnIsAnAnswer(int code) {
    quarantined(events, orders);
    orders.decideAlone(orders.inDoubt().get(0), code);

    var unused = only(commit());

    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void theBrokerAloneIsRefusedWhileADatabaseOfADecisionIsAway() {
    decided("orders", "events");
    orders.goDown();

    assertRefused(commit(), "'events'", "'orders', which has not committed yet");

    assertThat(only(commitByForce()).outcome()).isEqualTo(TransactionResult.Outcome.INCOMPLETE);
    assertThat(commits()).containsExactly("events r:commit");

    orders.behave();
    assertThat(recover().isComplete()).isTrue();
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  void theBrokerAloneIsRefusedWhileADatabaseIsNotConfigured() {
    decided("orders", "events");
    restart(stock, events);

    assertRefused(commit(), "'orders', which has not committed yet");

    var unused = only(commitByForce());
    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void theBrokerAloneIsRefusedWhileADatabaseIsAnother() {
    decided("orders", "events");
    becomesAnother(orders);

    assertRefused(commit(), "'orders', which has not committed yet");
  }

  @Test
  void theBrokerAloneIsRefusedWhileADatabaseDoesNotListTheBranchAndHasNotConfirmed() {
    decided("orders", "events");
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XAER_RMERR));
    orders.loseAll();

    assertRefused(commit(), "'orders', which has not committed yet");
  }

  @Test
  void whatADatabaseThatIsAwayHoldsOfAnUnknownDecisionIsNotKnown() {
    quarantined(events);
    orders.goDown();

    assertRefused(commit(), "'orders', which has not committed yet, as far as is known");

    orders.behave();
    assertThat(only(commit()).outcome()).isEqualTo(TransactionResult.Outcome.DONE);
    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void aDatabaseThatIsAwayAndHasNoPartInTheDecisionIsNotWaitedFor() {
    decided("orders", "events");
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    recover();
    stock.goDown();
    events.behave();

    assertThat(only(commit()).outcome()).isEqualTo(TransactionResult.Outcome.DONE);
    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void theBrokerWaitsForADatabaseThatIsAwayWhileAnotherIsTold() {
    decided("orders", "stock", "events");
    orders.goDown();

    TransactionResult result = only(commit());

    assertThat(result.outcome()).isEqualTo(TransactionResult.Outcome.INCOMPLETE);
    assertThat(stock.committed()).hasSize(1);
    assertThat(events.inDoubt()).hasSize(1);
  }

  @Test
  void aPreviewTellsOfTheRefusalToo() {
    decided("orders", "events");
    orders.goDown();

    assertThat(handfast.recovery().preview(Action.COMMIT, all()).isRefused()).isTrue();
  }

  @Test
  void theOrdersThatNeedNoForceAreTold() {
    decided("orders", "events");
    orders.goDown();

    InDoubtTransaction away = inDoubt();
    orders.behave();
    InDoubtTransaction back = inDoubt();

    assertThat(List.of(away.actions().size(), back.actions().size())).containsExactly(0, 1);
  }
}
