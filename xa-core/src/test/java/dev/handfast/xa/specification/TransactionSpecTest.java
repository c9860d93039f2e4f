package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchException;

import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 3.3, Transaction: its status, its completion (3.3.3) and its equality (3.3.4). */
@Section("3.3")
final class TransactionSpecTest extends CompletionContract {

  /** With the object of the thread's transaction, on its thread. */
  @Override
  void commit() throws Exception {
    current().commit();
  }

  @Override
  void rollback() throws Exception {
    current().rollback();
  }

  @Test
  @Sentence(says = "Each transaction has its object from its beginning.")
  void eachTransactionHasItsObject() throws Exception {
    manager.begin();
    Transaction first = current();
    manager.commit();
    manager.begin();
    Transaction second = current();
    manager.commit();

    assertThat(first).isNotNull().isNotEqualTo(second);
  }

  @Test
  @Sentence(section = "3.3.3", says = "The calling thread need not have the transaction.")
  void anotherThreadCommits() throws Exception {
    manager.begin();
    workOnBoth();
    Transaction transaction = manager.suspend();
    Elsewhere.run(
        () -> {
          transaction.commit();
          assertThreadIsFree();
        });

    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  @Sentence(section = "3.3.3", says = "The calling thread need not have the transaction.")
  void anotherThreadRollsBack() throws Exception {
    manager.begin();
    workOnBoth();
    Transaction transaction = manager.suspend();
    Elsewhere.run(
        () -> {
          transaction.rollback();
          assertThreadIsFree();
        });

    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
  }

  @Test
  @Sentence(section = "3.3.3", says = "The calling thread need not have the transaction.")
  void runDoesNotTellARollbackOfWhatAnotherThreadHasCommitted() throws Exception {
    Exception told =
        catchException(
            () ->
                handfast.run(
                    () -> {
                      db.work();
                      Transaction transaction = current();
                      Elsewhere.run(() -> transaction.commit());
                    }));

    assertThat(orders.committed()).hasSize(1);
    assertThat(told).isNull();
    assertThreadIsFree();
  }

  @Test
  @Sentence(section = "3.3.3", says = "The calling thread need not have the transaction.")
  void aThreadKeepsItsOwnWhileItCompletesAnother() throws Exception {
    manager.begin();
    db.work();
    Transaction first = manager.suspend();
    manager.begin();
    jms.work();
    Transaction second = current();
    first.commit();

    assertThat(current()).isEqualTo(second);
    assertThat(second.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    assertThat(orders.committed()).hasSize(1);
    manager.rollback();
  }

  @Test
  @Sentence(section = "3.3.3", says = "commit and rollback complete the target object.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "leaves the ended transaction on its thread until suspend is called",
      here = "a transaction that its own thread ends through its object leaves the thread")
  void theThreadMayBeginAnew() throws Exception {
    manager.begin();
    current().commit();
    manager.begin();
    current().rollback();

    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "commit", says = "IllegalStateException: the transaction is not active.")
  void doesNotCommitTwice() throws Exception {
    manager.begin();
    db.work();
    Transaction transaction = manager.suspend();
    transaction.commit();

    assertThatIllegalStateException().isThrownBy(() -> transaction.commit());
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  @Sentence(of = "commit", says = "IllegalStateException: the transaction is not active.")
  void doesNotCommitWhatIsRolledBack() throws Exception {
    manager.begin();
    Transaction transaction = manager.suspend();
    transaction.rollback();

    assertThatIllegalStateException().isThrownBy(() -> transaction.commit());
  }

  @Test
  @Sentence(
      of = "rollback",
      says = "IllegalStateException: the transaction is prepared or not active.")
  void doesNotRollBackWhatIsCommitted() throws Exception {
    manager.begin();
    Transaction transaction = manager.suspend();
    transaction.commit();

    assertThatIllegalStateException().isThrownBy(() -> transaction.rollback());
  }

  @Test
  @Sentence(
      of = "rollback",
      says = "IllegalStateException: the transaction is prepared or not active.")
  void doesNotRollBackWhatIsPrepared() throws Exception {
    List<Exception> told = new ArrayList<>();
    manager.begin();
    Transaction transaction = current();
    jms.work();
    orders().at(XaStep.COMMIT, () -> rollbackFails(transaction, told));
    manager.commit();

    assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(orders.committed()).hasSize(1);
  }

  private static void rollbackFails(Transaction transaction, List<Exception> told) {
    try {
      transaction.rollback();
    } catch (Exception e) {
      told.add(e);
    }
  }

  @Test
  @Sentence(of = "setRollbackOnly", says = "From then on it can only end in a rollback.")
  void aMarkCannotBeUndone() throws Exception {
    manager.begin();
    db.work();
    Transaction transaction = current();
    Elsewhere.run(() -> transaction.setRollbackOnly());

    assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> manager.commit());
    assertThat(orders.rolledBack()).hasSize(1);
  }

  @Test
  @Sentence(
      of = "setRollbackOnly",
      says = "IllegalStateException: the object stands for no transaction any more.")
  void doesNotMarkWhatIsOver() throws Exception {
    manager.begin();
    Transaction transaction = manager.suspend();
    transaction.commit();

    assertThatIllegalStateException().isThrownBy(() -> transaction.setRollbackOnly());
  }

  @Test
  @Sentence(of = "getStatus", says = "It tells the status of the transaction.")
  void tellsTheStatusOfACommit() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    manager.begin();
    Transaction transaction = current();
    statuses.add(transaction.getStatus());
    jms.work();
    orders()
        .at(XaStep.PREPARE, () -> statuses.add(transaction.getStatus()))
        .at(XaStep.COMMIT, () -> statuses.add(transaction.getStatus()));
    manager.commit();

    assertThat(statuses)
        .containsExactly(Status.STATUS_ACTIVE, Status.STATUS_PREPARING, Status.STATUS_COMMITTING);
  }

  @Test
  @Sentence(of = "getStatus", says = "It tells the status of the transaction.")
  void tellsTheStatusOfARollback() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    manager.begin();
    Transaction transaction = current();
    orders().at(XaStep.ROLLBACK, () -> statuses.add(transaction.getStatus()));
    transaction.setRollbackOnly();
    statuses.add(transaction.getStatus());
    manager.rollback();

    assertThat(statuses).containsExactly(Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK);
  }

  @Test
  @Sentence(
      of = "getStatus",
      says = "STATUS_NO_TRANSACTION: the object stands for no transaction any more.")
  @Differs(
      how = Differs.How.DOCUMENTED,
      narayana = "keeps COMMITTED or ROLLEDBACK",
      here = "the same: the object remembers how its transaction ended")
  void remembersHowItEnded() throws Exception {
    manager.begin();
    Transaction committed = current();
    manager.commit();
    manager.begin();
    Transaction rolledBack = current();
    manager.rollback();

    assertThat(committed.getStatus()).isEqualTo(Status.STATUS_COMMITTED);
    assertThat(rolledBack.getStatus()).isEqualTo(Status.STATUS_ROLLEDBACK);
  }

  @Test
  @Sentence(section = "3.3.4", says = "Two objects of one transaction are equal.")
  void objectsOfOneTransactionAreEqual() throws Exception {
    manager.begin();
    Transaction first = manager.getTransaction();
    Transaction second = manager.suspend();
    Transaction third =
        Elsewhere.call(
            () -> {
              manager.resume(second);
              Transaction there = manager.getTransaction();
              manager.commit();
              return there;
            });

    assertThat(first).isEqualTo(second).isEqualTo(third);
    assertThat(third).isEqualTo(first);
  }

  @Test
  @Sentence(section = "3.3.4", says = "Objects of two transactions are not equal.")
  void objectsOfTwoTransactionsAreNotEqual() throws Exception {
    manager.begin();
    Transaction first = manager.suspend();
    manager.begin();
    Transaction second = manager.suspend();

    assertThat(first).isNotEqualTo(second).isNotEqualTo(null).isNotEqualTo("transaction");
    first.rollback();
    second.rollback();
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  @Sentence(section = "3.3.4", says = "Equal objects have the same hash code.")
  void equalObjectsHaveTheSameHashCode() throws Exception {
    manager.begin();
    Transaction during = manager.getTransaction();
    int before = during.hashCode();
    manager.resume(manager.suspend());
    Transaction again = manager.getTransaction();
    manager.commit();

    assertThat(during).isEqualTo(again).hasSameHashCodeAs(again);
    assertThat(during.hashCode()).isEqualTo(before);
  }
}
