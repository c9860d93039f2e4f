package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What the documentation of UserTransaction and of TransactionManager says in the same words: of
 * the transaction of the calling thread.
 */
abstract class ThreadCompletionContract extends CompletionContract {

  abstract void begin() throws Exception;

  abstract void setRollbackOnly() throws Exception;

  abstract int getStatus() throws Exception;

  abstract void setTransactionTimeout(int seconds) throws Exception;

  @Test
  @Sentence(of = "begin", says = "It makes a new transaction and ties it to the thread.")
  void beginTiesANewTransactionToTheThread() throws Exception {
    begin();
    Transaction first = current();
    rollback();
    begin();

    assertThat(current()).isNotNull().isNotEqualTo(first);
    assertThat(getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    rollback();
  }

  @Test
  @Sentence(
      of = "begin",
      says = "NotSupportedException: the thread has a transaction, and they do not nest.")
  void beginDoesNotNest() throws Exception {
    begin();
    Transaction first = current();
    db.work();

    assertThatExceptionOfType(NotSupportedException.class).isThrownBy(this::begin);
    assertThat(current()).isEqualTo(first);
    commit();
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  @Sentence(
      of = "begin",
      says = "NotSupportedException: the thread has a transaction, and they do not nest.")
  void beginDoesNotNestInAMarkedOne() throws Exception {
    begin();
    setRollbackOnly();

    assertThatExceptionOfType(NotSupportedException.class).isThrownBy(this::begin);
    rollback();
  }

  @Test
  @Sentence(of = "commit", says = "IllegalStateException: the thread has no transaction.")
  void commitNeedsATransaction() {
    assertThatIllegalStateException().isThrownBy(this::commit);
  }

  @Test
  @Sentence(of = "commit", says = "IllegalStateException: the thread has no transaction.")
  void commitDoesNotTakeASuspendedOne() throws Exception {
    begin();
    Transaction suspended = manager.suspend();

    assertThatIllegalStateException().isThrownBy(this::commit);
    suspended.rollback();
  }

  @Test
  @Sentence(of = "rollback", says = "IllegalStateException: the thread has no transaction.")
  void rollbackNeedsATransaction() {
    assertThatIllegalStateException().isThrownBy(this::rollback);
  }

  @Test
  @Sentence(
      of = "setRollbackOnly",
      says = "From then on the transaction can only end in a rollback.")
  void aMarkCannotBeUndone() throws Exception {
    begin();
    db.work();
    setRollbackOnly();
    setRollbackOnly();

    assertThat(getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    assertThatExceptionOfType(RollbackException.class).isThrownBy(this::commit);
    assertThat(orders.committed()).isEmpty();
  }

  @Test
  @Sentence(of = "setRollbackOnly", says = "IllegalStateException: the thread has no transaction.")
  void setRollbackOnlyNeedsATransaction() {
    assertThatIllegalStateException().isThrownBy(this::setRollbackOnly);
  }

  @Test
  @Sentence(of = "getStatus", says = "It tells the status of the thread's transaction.")
  void tellsTheStatus() throws Exception {
    begin();
    int active = getStatus();
    setRollbackOnly();
    int marked = getStatus();
    rollback();

    assertThat(active).isEqualTo(Status.STATUS_ACTIVE);
    assertThat(marked).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
  }

  @Test
  @Sentence(of = "getStatus", says = "STATUS_NO_TRANSACTION: the thread has no transaction.")
  void tellsThatThereIsNoTransaction() throws Exception {
    assertThat(getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    begin();
    assertThat(Elsewhere.<Integer>call(this::getStatus)).isEqualTo(Status.STATUS_NO_TRANSACTION);
    rollback();
    assertThat(getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
  }

  /** Begins one and takes it off the thread. */
  private Transaction beginAside() throws Exception {
    begin();
    return manager.suspend();
  }

  private static int status(Transaction transaction) throws SystemException {
    return transaction.getStatus();
  }

  private static void awaitRolledBack(Transaction transaction) {
    await().until(() -> status(transaction) == Status.STATUS_ROLLEDBACK);
  }

  @Test
  @Sentence(
      of = "setTransactionTimeout",
      says = "It sets the timeout of transactions that the thread begins from then on.")
  void aTimeoutIsForTransactionsBegunLater() throws Exception {
    Transaction before = beginAside();
    setTransactionTimeout(1);
    begin();
    commit();
    Transaction after = beginAside();

    awaitRolledBack(after);
    assertThat(status(before)).isEqualTo(Status.STATUS_ACTIVE);
    before.rollback();
  }

  @Test
  @Sentence(
      of = "setTransactionTimeout",
      says = "It sets the timeout of transactions that the thread begins from then on.")
  void aTimeoutIsForTheCallingThreadAlone() throws Exception {
    setTransactionTimeout(1);
    Transaction ofAnother = Elsewhere.call(this::beginAside);
    Transaction ours = beginAside();

    awaitRolledBack(ours);
    assertThat(status(ofAnother)).isEqualTo(Status.STATUS_ACTIVE);
    ofAnother.rollback();
  }

  @Test
  @Sentence(
      of = "setTransactionTimeout",
      says = "Whoever has not called it gets a timeout of the transaction service's own.")
  void whoSetsNoTimeoutGetsTheDefault() throws Exception {
    restart(Duration.ofSeconds(1));
    Transaction transaction = beginAside();

    awaitRolledBack(transaction);
  }

  @Test
  @Sentence(of = "setTransactionTimeout", says = "Zero brings the default back.")
  void zeroBringsTheDefaultBack() throws Exception {
    restart(Duration.ofSeconds(1));
    setTransactionTimeout(60);
    Transaction before = beginAside();
    setTransactionTimeout(0);
    Transaction after = beginAside();

    awaitRolledBack(after);
    assertThat(status(before)).isEqualTo(Status.STATUS_ACTIVE);
    before.rollback();
  }

  @Test
  @Sentence(of = "setTransactionTimeout", says = "SystemException: the value is negative.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "takes no notice of a negative value",
      here = "SystemException that names the value")
  void refusesANegativeTimeout() {
    assertThatExceptionOfType(SystemException.class)
        .isThrownBy(() -> setTransactionTimeout(-1))
        .withMessageContaining("-1");
  }
}
