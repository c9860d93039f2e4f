package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.HeuristicOutcomeException;
import dev.handfast.xa.HeuristicOutcomeException.Outcome;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.TransactionOutcomeException;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;

/** What the documentation of each interface that completes transactions says in the same words. */
abstract class CompletionContract extends Specification {

  abstract void commit() throws Exception;

  abstract void rollback() throws Exception;

  @Test
  @Sentence(of = "commit", says = "It completes the transaction.")
  void commitCompletes() throws Exception {
    manager.begin();
    workOnBoth();
    commit();

    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
    assertThat(handfast.recovery().status().active()).isZero();
  }

  @Test
  @Sentence(of = "commit", says = "When it is over, the thread has no transaction.")
  void commitFreesTheThread() throws Exception {
    manager.begin();
    workOnBoth();
    commit();

    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "commit", says = "When it is over, the thread has no transaction.")
  void aRefusedCommitFreesTheThread() throws Exception {
    events.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBDEADLOCK));
    manager.begin();
    workOnBoth();
    assertThatExceptionOfType(RollbackException.class).isThrownBy(this::commit);

    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "commit", says = "When it is over, the thread has no transaction.")
  void aHeuristicOutcomeFreesTheThread() throws Exception {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    manager.begin();
    workOnBoth();
    assertThatExceptionOfType(HeuristicMixedException.class).isThrownBy(this::commit);

    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "commit", says = "RollbackException: it was rolled back instead.")
  void tellsThatItWasMarked() throws Exception {
    manager.begin();
    workOnBoth();
    manager.setRollbackOnly();

    assertThatExceptionOfType(RollbackException.class).isThrownBy(this::commit);
    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "commit", says = "RollbackException: it was rolled back instead.")
  void tellsThatAVoteWasRefused() throws Exception {
    events.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBINTEGRITY));
    manager.begin();
    workOnBoth();

    assertThatExceptionOfType(RollbackException.class).isThrownBy(this::commit);
    assertThat(orders.rolledBack()).hasSize(1);
    assertThat(orders.committed()).isEmpty();
  }

  @Test
  @Sentence(of = "commit", says = "RollbackException: it was rolled back instead.")
  void tellsThatAOnePhaseCommitWasRefused() throws Exception {
    orders.then(XaStep.ONE_PHASE, Answer.fails(XAException.XA_RBINTEGRITY));
    manager.begin();
    db.work();

    assertThatExceptionOfType(RollbackException.class).isThrownBy(this::commit);
    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "commit", says = "RollbackException: it was rolled back instead.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana =
          "gives no reason after a timeout, and Transaction.commit throws IllegalStateException",
      here = "RollbackException by every way, and its cause names the timeout")
  void tellsThatItTimedOut() throws Exception {
    manager.setTransactionTimeout(1);
    manager.begin();
    workOnBoth();
    await().until(() -> handfast.recovery().status().active() == 0);

    assertThatExceptionOfType(RollbackException.class)
        .isThrownBy(this::commit)
        .havingCause()
        .isInstanceOf(RolledBackException.class)
        .withMessageContaining("timed out after 1 s");
    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "commit", says = "RollbackException: it was rolled back instead.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "says that it could not commit; the refusing resource's error is a suppressed one",
      here =
          "the cause of RollbackException is the RolledBackException that run would throw, with"
              + " the resource and its error")
  void tellsARollbackAsRunDoes() throws Exception {
    events.always(XaStep.PREPARE, Answer.fails(XAException.XA_RBINTEGRITY));

    RolledBackException told = assertToldAsByRun(this::workOnBoth);
    assertThat(told.resource()).hasValue("events");
    assertThat(told).hasCauseInstanceOf(XAException.class);
  }

  @Test
  @Sentence(of = "commit", says = "RollbackException: it was rolled back instead.")
  void tellsARefusedOnePhaseCommitAsRunDoes() throws Exception {
    orders.always(XaStep.ONE_PHASE, Answer.fails(XAException.XA_RBINTEGRITY));

    assertThat(assertToldAsByRun(db::work).resource()).hasValue("orders");
  }

  @Test
  @Sentence(of = "commit", says = "RollbackException: it was rolled back instead.")
  void tellsAFailedSynchronizationAsRunDoes() throws Exception {
    IllegalStateException problem = new IllegalStateException("flush failed");
    Callback failing =
        Callback.before(
            () -> {
              throw problem;
            });

    assertThat(assertToldAsByRun(() -> current().registerSynchronization(failing)))
        .hasCause(problem);
  }

  /** Does the work by run and by this door, and returns what the door told. */
  private RolledBackException assertToldAsByRun(Elsewhere.Part work) throws Exception {
    RolledBackException ofRun =
        catchThrowableOfType(RolledBackException.class, () -> handfast.run(work::run));
    manager.begin();
    work.run();
    RollbackException ofDoor = catchThrowableOfType(RollbackException.class, this::commit);

    assertThat(ofDoor).hasCauseInstanceOf(RolledBackException.class);
    RolledBackException told = (RolledBackException) ofDoor.getCause();
    assertThat(told.resource()).isEqualTo(ofRun.resource());
    assertThat(withoutGtrid(told)).isEqualTo(withoutGtrid(ofRun));
    assertThat(told.getCause()).hasMessage(ofRun.getCause().getMessage());
    return told;
  }

  private static String withoutGtrid(TransactionOutcomeException told) {
    return told.getMessage().replace(told.gtrid(), "GTRID");
  }

  @Test
  @Sentence(
      of = "commit",
      says = "HeuristicMixedException: part was committed, part rolled back on a resource's own.")
  void tellsAMixedOutcome() throws Exception {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    manager.begin();
    workOnBoth();

    assertThatExceptionOfType(HeuristicMixedException.class).isThrownBy(this::commit);
    assertThat(orders.committed()).hasSize(1);
    assertThat(events.committed()).isEmpty();
  }

  @Test
  @Sentence(
      of = "commit",
      says = "HeuristicMixedException: part was committed, part rolled back on a resource's own.")
  void tellsThatOneResourceIsMixed() throws Exception {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURMIX));
    manager.begin();
    workOnBoth();

    assertThatExceptionOfType(HeuristicMixedException.class).isThrownBy(this::commit);
  }

  @Test
  @Sentence(
      of = "commit",
      says = "HeuristicMixedException: part was committed, part rolled back on a resource's own.")
  void tellsThatAResourceMayHaveDecidedAlone() throws Exception {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURHAZ));
    manager.begin();
    workOnBoth();

    assertThatExceptionOfType(HeuristicMixedException.class).isThrownBy(this::commit);
  }

  @Test
  @Sentence(
      of = "commit",
      says = "HeuristicRollbackException: all was rolled back on a resource's own.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana =
          "rolls the rest back when the first resource to be told has rolled back on its own, and"
              + " throws RollbackException",
      here = "HeuristicRollbackException, as run tells the outcome ROLLBACK")
  void tellsThatAllWasRolledBackAlone() throws Exception {
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    manager.begin();
    workOnBoth();

    assertThatExceptionOfType(HeuristicRollbackException.class).isThrownBy(this::commit);
    assertThreadIsFree();
  }

  @Test
  @Sentence(
      of = "commit",
      says = "HeuristicMixedException: part was committed, part rolled back on a resource's own.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "has no cause in its heuristic exceptions, and the errors as suppressed ones",
      here =
          "the cause is the HeuristicOutcomeException that run would throw, with each branch and"
              + " what is known of it")
  void tellsAHeuristicOutcomeAsRunDoes() throws Exception {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    HeuristicOutcomeException ofRun =
        catchThrowableOfType(HeuristicOutcomeException.class, () -> handfast.run(this::workOnBoth));
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    manager.begin();
    workOnBoth();
    Exception ofDoor = catchException(this::commit);

    assertThat(ofDoor).hasCauseInstanceOf(HeuristicOutcomeException.class);
    HeuristicOutcomeException told = (HeuristicOutcomeException) ofDoor.getCause();
    assertThat(told.outcome()).isEqualTo(ofRun.outcome()).isEqualTo(Outcome.MIXED);
    assertThat(withoutGtrid(told)).isEqualTo(withoutGtrid(ofRun));
    assertThat(told.branches()).hasSameSizeAs(ofRun.branches());
  }

  @Test
  @Sentence(of = "commit", says = "It completes the transaction.")
  void aCommitOfTheResourcesOwnIsWhatWasAskedFor() throws Exception {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURCOM));
    manager.begin();
    workOnBoth();
    commit();

    assertThat(orders.committed()).hasSize(1);
    assertThreadIsFree();
  }

  @Test
  @Sentence(
      of = "commit",
      says = "HeuristicMixedException: part was committed, part rolled back on a resource's own.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana =
          "throws it without a cause when the answer to a commit in one phase did not come, though"
              + " nothing is mixed",
      here = "the same type, whose cause is a HeuristicOutcomeException that says UNKNOWN, and why")
  void tellsAnUnknownOutcome() throws Exception {
    orders.then(XaStep.ONE_PHASE, Answer.lost(XAException.XAER_RMFAIL));
    manager.begin();
    db.work();

    assertThatExceptionOfType(HeuristicMixedException.class)
        .isThrownBy(this::commit)
        .havingCause()
        .isInstanceOfSatisfying(
            HeuristicOutcomeException.class,
            cause -> assertThat(cause.outcome()).isEqualTo(Outcome.UNKNOWN));
    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "rollback", says = "It rolls the transaction back.")
  void rollbackUndoes() throws Exception {
    manager.begin();
    workOnBoth();
    rollback();

    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
    assertThat(orders.committed()).isEmpty();
    assertThat(handfast.recovery().status().active()).isZero();
  }

  @Test
  @Sentence(of = "rollback", says = "When it is over, the thread has no transaction.")
  void rollbackFreesTheThread() throws Exception {
    manager.begin();
    workOnBoth();
    rollback();

    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "rollback", says = "When it is over, the thread has no transaction.")
  void rollbackFreesTheThreadOfAMarkedOne() throws Exception {
    manager.begin();
    workOnBoth();
    manager.setRollbackOnly();
    rollback();

    assertThat(orders.rolledBack()).hasSize(1);
    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "rollback", says = "When it is over, the thread has no transaction.")
  void rollbackFreesTheThreadOfATimedOutOne() throws Exception {
    manager.setTransactionTimeout(1);
    manager.begin();
    workOnBoth();
    await().until(() -> handfast.recovery().status().active() == 0);
    Exception told = catchException(this::rollback);

    assertThat(told == null || told instanceof IllegalStateException).isTrue();
    assertThreadIsFree();
  }

  @Test
  @Sentence(of = "rollback", says = "SystemException: something happened that was not expected.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "returns as if all were rolled back",
      here = "SystemException, whose cause is the HeuristicOutcomeException that run would throw")
  void tellsThatWhatWasToBeRolledBackIsCommitted() throws Exception {
    orders.then(XaStep.ROLLBACK, Answer.fails(XAException.XA_HEURCOM));
    manager.begin();
    db.work();

    assertThatExceptionOfType(SystemException.class)
        .isThrownBy(this::rollback)
        .havingCause()
        .isInstanceOf(HeuristicOutcomeException.class);
    assertThreadIsFree();
  }
}
