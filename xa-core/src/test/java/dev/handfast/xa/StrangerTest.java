package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.BranchResult;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.InDoubtTransaction.State;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import java.io.IOException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** Another resource manager under the name of one that branches wait for. */
final class StrangerTest extends OrderScenario {

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

  private void anotherTookThePlaceOfEvents() {
    decided();
    events.becomes("another").goDown();
    recover();
    events.behave();
    recover();
  }

  /** It lists its branches, and may not be used: an order leaves them, and says so. */
  @Test
  void seesTheBranchesOfAStrangerInAnOrderAndLeavesThem() throws IOException {
    anotherTookThePlaceOfEvents();
    Xid first = quarantined();

    ActionReport report = handfast.recovery().rollback(only(first), WHY);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.transactions())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.outcome()).isEqualTo(TransactionResult.Outcome.INCOMPLETE);
              assertThat(result.branches())
                  .extracting(BranchResult::resource, BranchResult::outcome)
                  .containsExactlyInAnyOrder(
                      tuple("orders", BranchResult.Outcome.ROLLED_BACK),
                      tuple("events", BranchResult.Outcome.UNREACHABLE));
            });
    assertThat(audit().get(0)).contains("\"resource\":\"events\"");
  }

  /** What only a stranger lists is found by an order as by a preview. */
  @Test
  void findsInAnOrderWhatOnlyAStrangerLists() {
    anotherTookThePlaceOfEvents();
    Xid only = Xids.of("test-1~zzzzzz", 1);
    events.leavePrepared(only);

    ActionReport report = handfast.recovery().rollback(only(only), WHY);

    assertThat(report.transactions())
        .extracting(TransactionResult::outcome)
        .containsExactly(TransactionResult.Outcome.INCOMPLETE);
  }
}
