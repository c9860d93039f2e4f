package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import java.time.Duration;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

/** Section 3.2.3, suspend and resume. */
@Section("3.2.3")
final class SuspensionSpecTest extends Specification {

  @Test
  @Sentence(says = "suspend takes the transaction off the thread for a time.")
  void suspendTakesItOffTheThread() throws Exception {
    manager.begin();
    workOnBoth();
    Transaction suspended = manager.suspend();

    assertThreadIsFree();
    assertThat(suspended.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    assertThat(orders.open()).isOne();
    suspended.rollback();
  }

  @Test
  @Sentence(says = "suspend without a transaction returns null.")
  void suspendWithoutATransaction() throws Exception {
    assertThat(manager.suspend()).isNull();
  }

  @Test
  @Sentence(says = "suspend returns the object of the transaction.")
  void suspendReturnsTheTransaction() throws Exception {
    manager.begin();
    Transaction before = manager.getTransaction();
    Transaction suspended = manager.suspend();

    assertThat(suspended).isEqualTo(before);
    suspended.rollback();
  }

  @Test
  @Sentence(says = "suspend returns the object of the transaction.")
  void suspendReturnsAMarkedTransaction() throws Exception {
    manager.begin();
    manager.setRollbackOnly();
    Transaction suspended = manager.suspend();

    assertThat(suspended.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    manager.resume(suspended);
    manager.rollback();
  }

  @Test
  @Sentence(says = "resume puts that transaction back on the thread.")
  void resumePutsItBack() throws Exception {
    manager.begin();
    Transaction suspended = manager.suspend();
    manager.resume(suspended);

    assertThat(manager.getTransaction()).isEqualTo(suspended);
    assertThat(manager.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    manager.rollback();
  }

  @Test
  @Sentence(says = "resume puts that transaction back on the thread.")
  void workBeforeAndAfterIsOfOneTransaction() throws Exception {
    manager.begin();
    db.work();
    Transaction suspended = manager.suspend();
    manager.begin();
    workOnBoth();
    manager.rollback();
    manager.resume(suspended);
    db.work();
    jms.work();
    manager.commit();

    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
  }

  @Test
  @Sentence(says = "resume of what is no valid transaction leaves the thread without one.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "takes null without an exception",
      here = "InvalidTransactionException")
  void resumesNothing() throws Exception {
    assertThatExceptionOfType(InvalidTransactionException.class)
        .isThrownBy(() -> manager.resume(null));
    assertThreadIsFree();
  }

  @Test
  @Sentence(says = "resume of what is no valid transaction leaves the thread without one.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "puts an ended transaction on the thread, where it is in the way",
      here = "InvalidTransactionException, and the thread has no transaction")
  void doesNotResumeAnEndedOne() throws Exception {
    manager.begin();
    Transaction ended = current();
    manager.commit();

    assertThatExceptionOfType(InvalidTransactionException.class)
        .isThrownBy(() -> manager.resume(ended));
    assertThreadIsFree();
  }

  @Test
  @Sentence(says = "resume of what is no valid transaction leaves the thread without one.")
  void doesNotResumeOneOfAnEarlierRuntime() throws Exception {
    manager.begin();
    Transaction earlier = manager.suspend();
    earlier.rollback();
    restart(Duration.ofMinutes(1));

    assertThatExceptionOfType(InvalidTransactionException.class)
        .isThrownBy(() -> manager.resume(earlier));
    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "resume", says = "InvalidTransactionException: it is no valid transaction.")
  void doesNotResumeAForeignOne() throws Exception {
    assertThatExceptionOfType(InvalidTransactionException.class)
        .isThrownBy(() -> manager.resume(new Foreign()));
    assertThreadIsFree();
  }

  @Test
  @Sentence(says = "resume on a thread that has another transaction: IllegalStateException.")
  void doesNotResumeOverAnother() throws Exception {
    manager.begin();
    db.work();
    Transaction suspended = manager.suspend();
    manager.begin();
    Transaction other = current();

    assertThatIllegalStateException().isThrownBy(() -> manager.resume(suspended));
    assertThat(current()).isEqualTo(other);
    manager.rollback();
    manager.resume(suspended);
    manager.commit();
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  @Sentence(says = "A manager may let another thread resume it.")
  void anotherThreadMayResume() throws Exception {
    manager.begin();
    db.work();
    Transaction suspended = manager.suspend();
    Elsewhere.run(
        () -> {
          manager.resume(suspended);
          jms.work();
          manager.commit();
        });

    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  @Sentence(says = "With suspend and resume resources are delisted and enlisted again.")
  @Differs(
      how = Differs.How.DOCUMENTED,
      narayana = "leaves it to the application server, which calls delistResource (TMSUSPEND)",
      here =
          "nothing is told to the resources: a handle keeps a connection for each transaction, so"
              + " none has to be left to another one")
  void resourcesStayWithASuspendedTransaction() throws Exception {
    manager.begin();
    orders();
    Transaction suspended = manager.suspend();
    manager.resume(suspended);

    assertThat(seen).containsExactly("orders start TMNOFLAGS");
    manager.rollback();
  }

  @Test
  @Sentence(of = "suspend", says = "When it returns, the thread has no transaction.")
  void theThreadMayBeginAnother() throws Exception {
    manager.begin();
    Transaction first = manager.suspend();
    manager.begin();

    assertThat(current()).isNotEqualTo(first);
    manager.commit();
    manager.resume(first);
    manager.commit();
    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "resume", says = "When it returns, the thread has that transaction.")
  void handlesFindTheResumedTransaction() throws Exception {
    manager.begin();
    Object before = db.transaction();
    manager.resume(manager.suspend());

    assertThat(db.transaction()).isEqualTo(before);
    manager.rollback();
  }

  /** A transaction of somebody else. */
  private static final class Foreign implements Transaction {

    @Override
    public void commit() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void rollback() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setRollbackOnly() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getStatus() {
      return Status.STATUS_ACTIVE;
    }

    @Override
    public boolean enlistResource(XAResource resource) {
      return false;
    }

    @Override
    public boolean delistResource(XAResource resource, int flag) {
      return false;
    }

    @Override
    public void registerSynchronization(Synchronization synchronization) {
      throw new UnsupportedOperationException();
    }
  }
}
