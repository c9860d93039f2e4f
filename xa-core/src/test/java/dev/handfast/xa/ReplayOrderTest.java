package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import java.util.concurrent.CompletableFuture;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recovery commits a broker's branch when the databases of its transaction have answered. */
final class ReplayOrderTest extends CommitOrderScenario {

  @Test
  void theDatabasesComeFirst() {
    decided("events", "orders", "stock");

    assertThat(recover().isComplete()).isTrue();

    assertThat(commits())
        .containsExactlyInAnyOrder("orders r:commit", "stock r:commit", "events r:commit")
        .endsWith("events r:commit");
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  @Test
  void soItIsAfterARestart() {
    decided("events", "orders", "stock");

    restart(orders, stock, events);

    assertThat(recover().isComplete()).isTrue();
    assertThat(commits()).endsWith("events r:commit").containsOnlyOnce("events r:commit");
  }

  @ParameterizedTest
  @ValueSource(ints = {XAException.XA_RETRY, XAException.XAER_RMFAIL, XAException.XAER_RMERR})
  void theBrokerWaitsForADatabaseThatDoesNotAnswer(int code) {
    decided("orders", "stock", "events");
    orders.always(XaStep.COMMIT, Answer.fails(code));

    RecoveryReport report = recover();

    assertThat(report.isComplete()).isFalse();
    assertThat(stock.committed()).hasSize(1);
    assertThat(events.calls()).doesNotContain("r:commit");
    assertThat(branchOn("events").waitsFor()).isEqualTo("'orders', which has not committed yet");

    orders.behave();
    assertThat(recover().isComplete()).isTrue();
    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void itNamesAllThatTheBrokerWaitsFor() {
    decided("events", "orders", "stock");

    assertThat(branchOn("events").waitsFor())
        .isEqualTo("'orders' and 'stock', which have not committed yet");
    assertThat(inDoubt().needsAttention()).isFalse();
  }

  @Test
  void theBrokerWaitsForADatabaseThatCannotBeReached() {
    decided("orders", "events");
    orders.goDown();

    assertThat(recover().unreachable()).containsExactly("orders");

    assertThat(events.inDoubt()).hasSize(1);
    assertThat(events.calls()).doesNotContain("r:commit");
    assertThat(branchOn("events").waitsFor()).isEqualTo("'orders', which has not committed yet");
    assertThat(branchOn("orders").waitsFor()).isEqualTo("'orders', which cannot be reached");

    orders.behave();
    assertThat(recover().isComplete()).isTrue();
    assertThat(commits()).containsExactly("orders r:commit", "events r:commit");
  }

  @Test
  void theBrokerWaitsForADatabaseThatHangs() throws Exception {
    decided("orders", "events");
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.COMMIT, Answer.waits(gate));
      CompletableFuture<RecoveryReport> recovery = CompletableFuture.supplyAsync(this::recover);
      gate.awaitReached();
      assertThat(events.calls()).doesNotContain("r:commit");

      gate.close();
      recovery.join();
    }
    assertThat(commits()).endsWith("orders r:commit", "events r:commit");
  }

  @Test
  void aDatabaseThatHangsHoldsUpNobodyElse() throws Exception {
    decided("orders", "events");
    decided("stock", "events");
    Xid orphan =
        Xids.of(
            handfast.recovery().status().node() + "~" + handfast.recovery().status().storeId(),
            handfast.recovery().status().startId());
    events.leavePrepared(orphan);
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.COMMIT, Answer.waits(gate));
      CompletableFuture<RecoveryReport> recovery = CompletableFuture.supplyAsync(this::recover);
      gate.awaitReached();

      await().until(() -> stock.committed().size() == 1 && events.rolledBack().size() == 1);
      assertThat(events.rolledBack()).containsExactly(XidKey.of(orphan).gtrid());

      gate.close();
      recovery.join();
    }
    assertThat(recover().isComplete()).isTrue();
    assertThat(events.committed()).hasSize(2);
  }

  @Test
  void theBrokerWaitsForAResourceThatIsNotConfigured() {
    decided("orders", "events");

    restart(stock, events);

    assertThat(recover().isComplete()).isFalse();
    assertThat(events.calls()).doesNotContain("r:commit");
    assertThat(inDoubt().state()).isEqualTo(InDoubtTransaction.State.NOT_CONFIGURED);
    assertThat(branchOn("events").waitsFor()).isEqualTo("'orders', which has not committed yet");

    restart(orders, stock, events);
    assertThat(commits()).containsExactly("orders r:commit", "events r:commit");
  }

  @Test
  void theBrokerWaitsForAStranger() {
    decided("orders", "events");

    becomesAnother(orders);

    assertThat(events.calls()).doesNotContain("r:commit");
    assertThat(branchOn("events").waitsFor()).isEqualTo("'orders', which has not committed yet");
  }

  @Test
  void theBrokerWaitsUntilItIsConfirmedThatTheDatabaseKnowsNothingAnyMore() {
    decided("orders", "events");
    orders.loseAll();

    assertThat(recover().isComplete()).isTrue();

    assertThat(commits()).endsWith("events r:commit").containsOnlyOnce("events r:commit");
    assertThat(orders.calls()).filteredOn("r:commit"::equals).hasSizeGreaterThan(1);
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {XAException.XA_HEURRB, XAException.XA_HEURMIX, XAException.XA_HEURHAZ})
  void anOutcomeOfTheDatabasesOwnIsAnAnswer(int code) {
    decided("orders", "events");
    orders.decideAlone(orders.inDoubt().get(0), code);

    recover();

    assertThat(events.committed()).hasSize(1);
    assertThat(inDoubt().needsAttention()).isTrue();
  }

  @Test
  void aCommitThatWasDecidedAloneAndRightIsAnAnswer() {
    decided("orders", "events");
    orders.decideAlone(orders.inDoubt().get(0), XAException.XA_HEURCOM);

    assertThat(recover().isComplete()).isTrue();

    assertThat(events.committed()).hasSize(1);
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  @Test
  void rollbacksHaveNoOrder() {
    orders.goDown();
    Xid orphan =
        Xids.of(
            handfast.recovery().status().node() + "~" + handfast.recovery().status().storeId(),
            handfast.recovery().status().startId());
    events.leavePrepared(orphan);

    recover();

    assertThat(events.rolledBack()).containsExactly(XidKey.of(orphan).gtrid());
  }

  @Test
  void brokersDoNotWaitForEachOther() {
    ScriptedRm others = new ScriptedRm("others").broker().seenBy(calls);
    restart(orders, stock, events, others);
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    others.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(
        () -> {
          workOn("events");
          var unused = handfast.resource(others).work();
        });

    recover();

    assertThat(others.committed()).hasSize(1);
    assertThat(events.committed()).isEmpty();
  }
}
