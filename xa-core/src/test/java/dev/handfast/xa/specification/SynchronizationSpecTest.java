package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchException;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;

/** Section 3.3.2, transaction synchronization. */
@Section("3.3.2")
final class SynchronizationSpecTest extends Specification {

  private void begin(Callback... callbacks) throws Exception {
    manager.begin();
    for (Callback callback : callbacks) {
      current().registerSynchronization(callback);
    }
  }

  @Test
  @Sentence(says = "beforeCompletion is called before the two-phase commit starts.")
  void beforeCompletionIsBeforeTheFirstVote() throws Exception {
    begin(Callback.before(() -> seen.add("before")));
    orders();
    jms.work();
    manager.commit();

    assertThat(seen)
        .containsExactly(
            "orders start TMNOFLAGS",
            "before",
            "orders end TMSUCCESS",
            "orders prepare",
            "orders commit");
  }

  @Test
  @Sentence(says = "beforeCompletion is called before the two-phase commit starts.")
  void beforeCompletionIsBeforeACommitInOnePhase() throws Exception {
    begin(Callback.before(() -> seen.add("before")));
    orders();
    manager.commit();

    assertThat(seen)
        .containsSubsequence("before", "orders end TMSUCCESS", "orders commit in one phase");
  }

  @Test
  @Sentence(says = "beforeCompletion is called before the two-phase commit starts.")
  void thereIsNoBeforeCompletionOfARollback() throws Exception {
    begin(noted("it"));
    db.work();
    manager.rollback();

    assertThat(seen).containsExactly("after it " + Status.STATUS_ROLLEDBACK);
  }

  @Test
  @Sentence(says = "beforeCompletion is called in the context of the transaction.")
  void beforeCompletionHasTheTransaction() throws Exception {
    List<Object> told = new ArrayList<>();
    begin(
        Callback.before(
            () -> {
              told.add(manager.getTransaction());
              told.add(manager.getStatus());
              told.add(user.getStatus());
            }));
    Transaction transaction = current();
    manager.commit();

    assertThat(told).containsExactly(transaction, Status.STATUS_ACTIVE, Status.STATUS_ACTIVE);
  }

  @Test
  @Sentence(says = "beforeCompletion is called in the context of the transaction.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana =
          "calls it in the context of the thread that calls Transaction.commit, which may have none",
      here = "the thread has the transaction while it is called")
  void beforeCompletionHasItOnAThreadThatHadNone() throws Exception {
    List<Object> told = new ArrayList<>();
    begin(
        Callback.before(
            () -> {
              told.add(manager.getTransaction());
              db.work();
            }));
    Transaction transaction = manager.suspend();
    Elsewhere.run(
        () -> {
          transaction.commit();
          assertThreadIsFree();
        });

    assertThat(told).containsExactly(transaction);
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  @Sentence(says = "beforeCompletion is called in the context of the transaction.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana =
          "calls it in the context of the thread that calls Transaction.commit, which may have"
              + " another one: work is done in the wrong transaction",
      here = "the thread has the transaction while it is called, and its own again afterwards")
  void beforeCompletionHasItOnAThreadThatHadAnother() throws Exception {
    List<Object> told = new ArrayList<>();
    begin(
        Callback.before(
            () -> {
              told.add(manager.getTransaction());
              db.work();
            }));
    Transaction first = manager.suspend();
    manager.begin();
    Transaction second = current();
    first.commit();

    assertThat(told).containsExactly(first);
    assertThat(orders.committed()).hasSize(1);
    assertThat(current()).isEqualTo(second);
    manager.rollback();
  }

  @Test
  @Sentence(says = "beforeCompletion is called in the context of the transaction.")
  void beforeCompletionMayEnlist() throws Exception {
    begin(Callback.before(this::workOnBoth));
    manager.commit();

    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  @Sentence(says = "beforeCompletion is called in the context of the transaction.")
  void beforeCompletionMayMark() throws Exception {
    begin(Callback.before(() -> manager.setRollbackOnly()), noted("second"));
    db.work();

    assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> manager.commit());
    assertThat(orders.rolledBack()).hasSize(1);
    assertThat(seen).contains("after second " + Status.STATUS_ROLLEDBACK);
    assertThreadIsFree();
  }

  @Test
  @Sentence(says = "Whoever registers is called: before, then after.")
  void allAreCalledInTheOrderOfTheirRegistration() throws Exception {
    begin(noted("1"), noted("2"), noted("3"));
    manager.commit();

    assertThat(seen.subList(0, 3)).containsExactly("before 1", "before 2", "before 3");
    assertThat(seen.subList(3, 6))
        .containsExactlyInAnyOrder(
            "after 1 " + Status.STATUS_COMMITTED,
            "after 2 " + Status.STATUS_COMMITTED,
            "after 3 " + Status.STATUS_COMMITTED);
  }

  @Test
  @Sentence(says = "Whoever registers is called: before, then after.")
  void oneThatRegistersBeforeCompletionIsCalled() throws Exception {
    begin();
    Transaction transaction = current();
    transaction.registerSynchronization(
        Callback.before(() -> transaction.registerSynchronization(noted("late"))));
    manager.commit();

    assertThat(seen).containsExactly("before late", "after late " + Status.STATUS_COMMITTED);
  }

  @Test
  @Sentence(says = "Whoever registers is called: before, then after.")
  void afterAnExceptionBeforeCompletionItIsRolledBack() throws Exception {
    IllegalStateException problem = new IllegalStateException("flush failed");
    begin(
        Callback.before(
            () -> {
              throw problem;
            }),
        noted("second"));
    db.work();

    RollbackException told = (RollbackException) catchException(() -> manager.commit());

    assertThat(told).hasRootCause(problem);
    assertThat(orders.rolledBack()).hasSize(1);
    assertThat(seen).contains("after second " + Status.STATUS_ROLLEDBACK);
    assertThreadIsFree();
  }

  @Test
  @Sentence(says = "afterCompletion is called when the transaction is complete.")
  void afterCompletionIsAfterTheLastCommit() throws Exception {
    begin(Callback.after(status -> seen.add("after")));
    orders();
    events();
    manager.commit();

    assertThat(seen).endsWith("after").contains("orders commit", "events commit");
  }

  @Test
  @Sentence(says = "afterCompletion is called when the transaction is complete.")
  void afterCompletionIsAfterTheLastRollback() throws Exception {
    begin(Callback.after(status -> seen.add("after")));
    orders();
    events();
    manager.rollback();

    assertThat(seen).endsWith("after").contains("orders rollback", "events rollback");
  }

  @Test
  @Sentence(says = "afterCompletion is called when the transaction is complete.")
  void anExceptionAfterCompletionChangesNothing() throws Exception {
    begin(
        Callback.after(
            status -> {
              throw new IllegalStateException("too late");
            }),
        noted("second"));
    db.work();
    manager.commit();

    assertThat(orders.committed()).hasSize(1);
    assertThat(seen).contains("after second " + Status.STATUS_COMMITTED);
    assertThreadIsFree();
  }

  @Test
  @Sentence(says = "afterCompletion is called when the transaction is complete.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana =
          "leaves the ended transaction on the committing thread, and none on that of the timeout",
      here = "the thread has no transaction within afterCompletion, whichever thread it is")
  void withinAfterCompletionThereIsNoTransaction() throws Exception {
    List<Object> told = new ArrayList<>();
    begin(
        Callback.after(
            status -> {
              told.add(manager.getStatus());
              told.add(manager.getTransaction());
              told.add(db.transaction());
            }));
    db.work();
    manager.commit();

    assertThat(told).containsExactly(Status.STATUS_NO_TRANSACTION, null, null);
  }

  @Test
  @Sentence(says = "afterCompletion is called when the transaction is complete.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "the ended transaction is in the way: NotSupportedException",
      here = "a new transaction may be begun and ended there")
  void withinAfterCompletionAnotherMayBegin() throws Exception {
    begin(
        Callback.after(
            status -> {
              manager.begin();
              jms.work();
              manager.commit();
            }));
    db.work();
    manager.commit();

    assertThat(orders.committed()).hasSize(1);
    assertThat(events.committed()).hasSize(1).doesNotContainAnyElementsOf(orders.committed());
    assertThreadIsFree();
  }

  @Test
  @Sentence(says = "The status is given to afterCompletion.")
  void afterCompletionIsGivenACommit() throws Exception {
    begin(noted("it"));
    manager.commit();

    assertThat(seen).endsWith("after it " + Status.STATUS_COMMITTED);
  }

  @Test
  @Sentence(says = "The status is given to afterCompletion.")
  void afterCompletionIsGivenARefusal() throws Exception {
    orders.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBINTEGRITY));
    begin(noted("it"));
    workOnBoth();
    assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> manager.commit());

    assertThat(seen).endsWith("after it " + Status.STATUS_ROLLEDBACK);
  }

  @Test
  @Sentence(says = "The status is given to afterCompletion.")
  void afterCompletionIsGivenATimeout() throws Exception {
    manager.setTransactionTimeout(1);
    begin(noted("it"));
    Transaction transaction = manager.suspend();
    await().until(() -> !seen.isEmpty());

    assertThat(seen).containsExactly("after it " + Status.STATUS_ROLLEDBACK);
    assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_ROLLEDBACK);
    await().until(() -> handfast.recovery().status().active() == 0);
  }

  @Test
  @Sentence(says = "The status is given to afterCompletion.")
  void afterCompletionOfATimeoutHasNoTransaction() throws Exception {
    List<Object> told = new ArrayList<>();
    manager.setTransactionTimeout(1);
    begin(
        Callback.after(
            status -> {
              told.add(manager.getStatus());
              told.add(manager.getTransaction());
              seen.add("after");
            }));
    manager.suspend();
    await().until(() -> !seen.isEmpty());

    assertThat(told).containsExactly(Status.STATUS_NO_TRANSACTION, null);
    await().until(() -> handfast.recovery().status().active() == 0);
  }

  @Test
  @Sentence(of = "registerSynchronization", says = "RollbackException: the transaction is marked.")
  void registersNothingInAMarkedOne() throws Exception {
    begin();
    manager.setRollbackOnly();

    assertThatExceptionOfType(RollbackException.class)
        .isThrownBy(() -> current().registerSynchronization(noted("it")));
    manager.rollback();
    assertThat(seen).isEmpty();
  }

  @Test
  @Sentence(
      of = "registerSynchronization",
      says = "IllegalStateException: prepared, or not active.")
  void registersNothingInAnEndedOne() throws Exception {
    begin();
    Transaction transaction = current();
    manager.commit();

    assertThatIllegalStateException()
        .isThrownBy(() -> transaction.registerSynchronization(noted("it")));
  }

  @Test
  @Sentence(
      of = "registerSynchronization",
      says = "IllegalStateException: prepared, or not active.")
  void registersNothingWhileItIsBeingCompleted() throws Exception {
    List<Exception> told = new ArrayList<>();
    begin();
    Transaction transaction = current();
    jms.work();
    orders()
        .at(XaStep.PREPARE, () -> told.add(registerLate(transaction)))
        .at(XaStep.COMMIT, () -> told.add(registerLate(transaction)));
    manager.commit();

    assertThat(told).hasSize(2).hasOnlyElementsOfType(IllegalStateException.class);
    assertThat(seen).noneMatch(call -> call.contains("late"));
  }

  private Exception registerLate(Transaction transaction) {
    return catchException(() -> transaction.registerSynchronization(noted("late")));
  }
}
