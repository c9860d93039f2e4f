package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** Section 3.4, XAResource, as far as it binds the transaction manager. */
@Section("3.4")
final class XaResourceSpecTest extends Specification {

  @Test
  @Sentence(says = "start associates the transaction with the resource, end parts them.")
  void workIsBetweenStartAndEnd() throws Exception {
    manager.begin();
    orders();
    seen.add("work");
    manager.commit();

    assertThat(seen).containsSubsequence("orders start TMNOFLAGS", "work", "orders end TMSUCCESS");
  }

  @Test
  @Sentence(
      says =
          "At its end the resources are told to prepare, commit or roll back, as two phases ask.")
  void noCommitIsToldBeforeTheLastVote() throws Exception {
    manager.begin();
    orders();
    events();
    manager.commit();

    int lastVote = Math.max(seen.lastIndexOf("orders prepare"), seen.lastIndexOf("events prepare"));
    int firstCommit = Math.min(seen.indexOf("orders commit"), seen.indexOf("events commit"));
    assertThat(lastVote).isPositive().isLessThan(firstCommit);
  }

  @Test
  @Sentence(
      says =
          "At its end the resources are told to prepare, commit or roll back, as two phases ask.")
  void oneResourceIsToldToCommitInOnePhase() throws Exception {
    manager.begin();
    orders();
    manager.commit();

    assertThat(seen).endsWith("orders commit in one phase").doesNotContain("orders prepare");
  }

  @Test
  @Sentence(
      says =
          "At its end the resources are told to prepare, commit or roll back, as two phases ask.")
  void whatOnlyReadIsNotToldToCommit() throws Exception {
    orders.then(XaStep.PREPARE, Answer.fails(XAResource.XA_RDONLY));
    manager.begin();
    orders();
    events();
    manager.commit();

    assertThat(seen)
        .contains("orders prepare")
        .doesNotContain("orders commit", "orders rollback", "orders forget");
    assertThat(events.committed()).hasSize(1);
  }

  @Test
  @Sentence(
      says =
          "At its end the resources are told to prepare, commit or roll back, as two phases ask.")
  void aRefusalRollsTheOthersBack() throws Exception {
    events.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBROLLBACK));
    manager.begin();
    orders();
    events();
    assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> manager.commit());

    assertThat(seen).contains("orders prepare", "orders rollback");
    assertThat(seen).doesNotContain("orders commit", "events commit");
  }

  @Test
  @Sentence(
      says =
          "At its end the resources are told to prepare, commit or roll back, as two phases ask.")
  void aRollbackNeedsNoVote() throws Exception {
    manager.begin();
    orders();
    events();
    manager.rollback();

    assertThat(seen)
        .contains("orders rollback", "events rollback")
        .doesNotContain("orders prepare", "events prepare");
  }

  @Test
  @Sentence(says = "A resource tells an error by an XAException.")
  void anErrorOfEndRollsBack() throws Exception {
    events.then(XaStep.END, Answer.fails(XAException.XAER_PROTO));
    manager.begin();
    workOnBoth();
    assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> manager.commit());

    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
  }

  @Test
  @Sentence(section = "3.4.3", says = "Any thread may make the calls of a branch.")
  void anotherThreadEndsTheBranch() throws Exception {
    manager.begin();
    Thread here = Thread.currentThread();
    orders().at(XaStep.END, () -> seen.add("here " + (Thread.currentThread() == here)));
    Transaction transaction = manager.suspend();
    Elsewhere.run(() -> transaction.commit());

    assertThat(seen).contains("here false");
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  @Sentence(
      section = "3.4.4",
      says = "A connection is associated with one transaction at a time, or with none.")
  void eachTransactionHasItsOwnConnection() throws Exception {
    manager.begin();
    RecordingResource first = orders();
    Transaction suspended = manager.suspend();
    manager.begin();
    RecordingResource second = orders();
    manager.commit();
    manager.resume(suspended);
    manager.commit();

    assertThat(first.xids()).hasSize(1);
    assertThat(second.xids()).hasSize(1).doesNotContainAnyElementsOf(first.xids());
    assertThat(orders.committed()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  @Sentence(section = "3.4.4", says = "Each start has its end.")
  void eachStartHasItsEnd() throws Exception {
    manager.begin();
    orders();
    manager.commit();
    manager.begin();
    orders();
    manager.rollback();

    assertThat(seen).filteredOn(call -> call.contains("start")).hasSize(2);
    assertThat(seen).filteredOn(call -> call.contains("end")).hasSize(2);
    assertThat(orders.open()).isZero();
  }

  @Test
  @Sentence(section = "3.4.4", says = "start has TMRESUME after TMSUSPEND, and TMJOIN to join.")
  @Differs(
      how = Differs.How.DOCUMENTED,
      narayana = "sends them when a resource is enlisted again",
      here = "they are never sent: a branch keeps its connection from its start to its end")
  void neitherJoinsNorResumes() throws Exception {
    manager.begin();
    orders();
    manager.resume(manager.suspend());
    db.work();
    events();
    manager.commit();

    assertThat(seen)
        .filteredOn(call -> call.contains("start") || call.contains("end"))
        .allMatch(call -> call.endsWith("TMNOFLAGS") || call.endsWith("TMSUCCESS"));
  }

  @Test
  @Sentence(
      section = "3.4.5",
      says = "Work in a transaction is done on a connection that is enlisted in it.")
  void aHandleEnlistsBeforeItWorks() throws Exception {
    manager.begin();
    assertThat(orders.open()).isZero();
    db.work();

    assertThat(orders.open()).isOne();
    manager.rollback();
    assertThat(orders.open()).isZero();
  }

  @Test
  @Sentence(
      section = "3.4.6",
      says = "A branch may be completed with any XAResource of its resource manager.")
  void recoveryCompletesWithItsOwnResource() throws Exception {
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XAER_RMFAIL));
    manager.begin();
    workOnBoth();
    manager.commit();
    assertThat(orders.committed()).isEmpty();
    handfast.recovery().recover(Duration.ofSeconds(30));

    await().until(() -> orders.committed().equals(events.committed()));
    assertThat(orders.calls()).contains("r:commit");
  }

  @Test
  @Sentence(
      section = "3.4.8",
      says = "Recovery asks each resource manager for its list of what is prepared.")
  void recoveryAsksEach() {
    orders.clearCalls();
    events.clearCalls();
    handfast.recovery().recover(Duration.ofSeconds(30));

    assertThat(orders.calls()).contains("r:recover");
    assertThat(events.calls()).contains("r:recover");
  }

  @Test
  @Sentence(
      section = "3.4.8",
      says = "What was prepared before a crash is found again with new XAResources.")
  void aNewRuntimeFindsWhatWasPrepared() throws Exception {
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XAER_RMFAIL));
    manager.begin();
    workOnBoth();
    manager.commit();
    assertThat(orders.inDoubt()).hasSize(1);
    orders.behave();
    restart(Duration.ofMinutes(1));

    assertThat(orders.inDoubt()).isEmpty();
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  @Sentence(
      section = "3.4.8",
      says = "Recovery lists what resources completed on their own, too; it is kept.")
  void whatAResourceDecidedAloneIsKept() throws Exception {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURMIX));
    manager.begin();
    orders();
    events();
    assertThatExceptionOfType(HeuristicMixedException.class).isThrownBy(() -> manager.commit());
    handfast.recovery().recover(Duration.ofMillis(100));

    assertThat(handfast.recovery().status().logged()).isOne();
    assertThat(seen).contains("events commit").doesNotContain("events forget");
    assertThat(events.calls()).doesNotContain("r:forget");
  }

  @Test
  @Sentence(section = "3.4.8", says = "Recovery leaves alone what is not the manager's own.")
  void recoveryLeavesForeignBranchesAlone() {
    byte[] gtrid = "somebody else's".getBytes(StandardCharsets.US_ASCII);
    Xid foreign = Xids.of(4711, gtrid, new byte[] {1});
    orders.leavePrepared(foreign);
    handfast.recovery().recover(Duration.ofSeconds(30));
    restart(Duration.ofMinutes(1));

    assertThat(orders.inDoubt()).containsExactly(foreign);
    assertThat(orders.calls()).doesNotContain("r:commit", "r:rollback", "r:forget");
  }
}
