package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchException;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import org.junit.jupiter.api.Test;

/** Section 3.2, TransactionManager, without suspend and resume. */
@Section("3.2")
final class TransactionManagerSpecTest extends ThreadCompletionContract {

  @Override
  void begin() throws Exception {
    manager.begin();
  }

  @Override
  void commit() throws Exception {
    manager.commit();
  }

  @Override
  void rollback() throws Exception {
    manager.rollback();
  }

  @Override
  void setRollbackOnly() throws Exception {
    manager.setRollbackOnly();
  }

  @Override
  int getStatus() throws Exception {
    return manager.getStatus();
  }

  @Override
  void setTransactionTimeout(int seconds) throws Exception {
    manager.setTransactionTimeout(seconds);
  }

  @Test
  @Sentence(says = "A thread has no transaction, or one.")
  void aThreadHasNoneOrOne() throws Exception {
    assertThat(manager.getTransaction()).isNull();
    manager.begin();
    assertThat(manager.getTransaction()).isNotNull();
    manager.rollback();
    assertThat(manager.getTransaction()).isNull();
  }

  @Test
  @Sentence(says = "Several threads may have the same transaction at once.")
  void twoThreadsMayHaveTheSame() throws Exception {
    manager.begin();
    db.work();
    Transaction shared = current();
    Transaction there =
        Elsewhere.call(
            () -> {
              manager.resume(shared);
              jms.work();
              return manager.suspend();
            });

    assertThat(there).isEqualTo(shared).isEqualTo(current());
    manager.commit();
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  @Sentence(says = "Several threads may have the same transaction at once.")
  void whatAnotherThreadHasEndedDoesNotHoldTheThread() throws Exception {
    manager.begin();
    db.work();
    Transaction shared = current();
    Elsewhere.run(() -> shared.commit());
    Exception told = catchException(() -> manager.rollback());

    assertThat(orders.committed()).hasSize(1);
    assertThat(told).isInstanceOf(IllegalStateException.class);
    assertThreadIsFree();
  }

  @Test
  @Sentence(says = "Several threads may have the same transaction at once.")
  void whatAnotherThreadHasCommittedIsNotToldAsARollback() throws Exception {
    manager.begin();
    db.work();
    Transaction shared = current();
    Elsewhere.run(() -> shared.commit());
    Exception told = catchException(() -> manager.commit());

    assertThat(orders.committed()).hasSize(1);
    assertThat(told == null || told instanceof IllegalStateException).isTrue();
    assertThreadIsFree();
  }

  @Test
  @Sentence(says = "A Transaction object works whatever transaction the calling thread has.")
  void aTransactionObjectWorksFromAnywhere() throws Exception {
    manager.begin();
    Transaction first = manager.suspend();
    manager.begin();
    first.registerSynchronization(noted("first"));
    first.setRollbackOnly();

    assertThat(first.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    assertThat(manager.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    manager.commit();
    assertThat(seen).isEmpty();
    first.rollback();
    assertThat(seen).containsExactly("after first " + Status.STATUS_ROLLEDBACK);
  }

  @Test
  @Sentence(
      section = "3.2.1",
      says = "begin starts a global transaction and ties it to the calling thread.")
  void beginStartsAGlobalTransaction() throws Exception {
    manager.begin();
    workOnBoth();
    String gtrid = db.transaction().gtrid();

    assertThat(jms.transaction().gtrid()).isEqualTo(gtrid);
    manager.commit();
    assertThat(orders.committed()).containsExactly(gtrid).isEqualTo(events.committed());
  }

  @Test
  @Sentence(
      section = "3.2.1",
      says = "Where transactions do not nest, begin within one: NotSupportedException.")
  void transactionsDoNotNest() throws Exception {
    user.begin();

    assertThatExceptionOfType(NotSupportedException.class).isThrownBy(() -> manager.begin());
    user.rollback();
  }

  @Test
  @Sentence(
      section = "3.2.1",
      says = "getTransaction returns the object that stands for the thread's transaction.")
  void theObjectStandsForTheTransactionOfTheThread() throws Exception {
    manager.begin();
    Transaction current = manager.getTransaction();
    manager.setRollbackOnly();

    assertThat(current.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    manager.rollback();
  }

  @Test
  @Sentence(
      section = "3.2.1",
      says = "With that object resources are enlisted and synchronizations registered.")
  void theObjectTakesSynchronizations() throws Exception {
    manager.begin();
    manager.getTransaction().registerSynchronization(noted("it"));
    manager.commit();

    assertThat(seen).containsExactly("before it", "after it " + Status.STATUS_COMMITTED);
  }

  @Test
  @Sentence(section = "3.2.2", says = "commit completes the transaction of the calling thread.")
  void commitIsForTheCallingThread() throws Exception {
    manager.begin();
    Transaction first = manager.suspend();
    manager.begin();
    db.work();
    manager.commit();

    assertThat(first.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    assertThat(orders.committed()).hasSize(1);
    first.rollback();
  }

  @Test
  @Sentence(section = "3.2.2", says = "After commit the thread has no transaction.")
  void theThreadMayBeginAnew() throws Exception {
    manager.begin();
    manager.commit();
    assertThreadIsFree();
    manager.begin();
    manager.commit();

    assertThreadIsFree();
  }

  @Test
  @Sentence(section = "3.2.2", says = "commit without a transaction throws an exception.")
  void commitTwice() throws Exception {
    manager.begin();
    manager.commit();

    assertThatIllegalStateException().isThrownBy(() -> manager.commit());
  }

  @Test
  @Sentence(section = "3.2.2", says = "A manager may let the thread that began it alone commit.")
  void anyThreadMayCommit() throws Exception {
    manager.begin();
    db.work();
    Transaction transaction = manager.suspend();
    Elsewhere.run(
        () -> {
          manager.resume(transaction);
          manager.commit();
        });

    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  @Sentence(section = "3.2.2", says = "rollback rolls the thread's transaction back.")
  void rollbackIsForTheCallingThread() throws Exception {
    manager.begin();
    db.work();
    Transaction first = manager.suspend();
    manager.begin();
    jms.work();
    manager.rollback();

    assertThat(events.rolledBack()).hasSize(1);
    assertThat(first.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    first.rollback();
  }

  @Test
  @Sentence(section = "3.2.2", says = "After rollback the thread has no transaction.")
  void theThreadMayBeginAnewAfterRollback() throws Exception {
    manager.begin();
    manager.rollback();
    assertThreadIsFree();
    manager.begin();
    manager.setRollbackOnly();
    assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> manager.commit());

    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "getTransaction", says = "It returns the object of the thread's transaction.")
  void returnsTheTransactionOfTheThread() throws Exception {
    manager.begin();
    Transaction here = manager.getTransaction();
    Transaction there = Elsewhere.call(() -> manager.getTransaction());

    assertThat(here).isEqualTo(manager.getTransaction());
    assertThat(there).isNull();
    manager.rollback();
  }
}
