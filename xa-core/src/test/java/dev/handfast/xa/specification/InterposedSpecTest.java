package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchException;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 3.6, registerInterposedSynchronization. */
@Section("3.6")
final class InterposedSpecTest extends Specification {

  private static final String OF = "registerInterposedSynchronization";
  private static final String DONE = " " + Status.STATUS_COMMITTED;

  private void begin(Callback... interposed) throws Exception {
    manager.begin();
    for (Callback callback : interposed) {
      registry.registerInterposedSynchronization(callback);
    }
  }

  @Test
  @Sentence(of = OF, says = "Its beforeCompletion is called after those of the transaction's own.")
  void itsBeforeIsAfterTheOrdinary() throws Exception {
    begin(noted("interposed 1"), noted("interposed 2"));
    current().registerSynchronization(noted("ordinary 1"));
    current().registerSynchronization(noted("ordinary 2"));
    manager.commit();

    assertThat(seen)
        .startsWith(
            "before ordinary 1", "before ordinary 2", "before interposed 1", "before interposed 2");
  }

  @Test
  @Sentence(of = OF, says = "Its beforeCompletion is called after those of the transaction's own.")
  void oneThatAnOrdinaryRegistersIsCalledAfterAllOrdinary() throws Exception {
    manager.begin();
    current()
        .registerSynchronization(
            Callback.before(() -> registry.registerInterposedSynchronization(noted("late"))));
    current().registerSynchronization(noted("ordinary"));
    manager.commit();

    assertThat(seen)
        .containsExactly(
            "before ordinary", "before late", "after late" + DONE, "after ordinary" + DONE);
  }

  @Test
  @Sentence(of = OF, says = "Its beforeCompletion is called after those of the transaction's own.")
  void oneThatAnInterposedRegistersIsCalled() throws Exception {
    begin(Callback.before(() -> registry.registerInterposedSynchronization(noted("late"))));
    manager.commit();

    assertThat(seen).containsExactly("before late", "after late" + DONE);
  }

  @Test
  @Sentence(of = OF, says = "Its beforeCompletion is called before the two-phase commit starts.")
  void itsBeforeIsBeforeTheFirstVote() throws Exception {
    begin(Callback.before(() -> seen.add("before")));
    orders();
    events();
    manager.commit();

    assertThat(seen.indexOf("before"))
        .isNotNegative()
        .isLessThan(seen.indexOf("orders prepare"))
        .isLessThan(seen.indexOf("events prepare"));
  }

  @Test
  @Sentence(
      of = OF,
      says = "Its afterCompletion is called after the two-phase commit, before the ordinary ones.")
  void itsAfterIsBeforeTheOrdinary() throws Exception {
    begin(noted("interposed 1"), noted("interposed 2"));
    current().registerSynchronization(noted("ordinary 1"));
    current().registerSynchronization(noted("ordinary 2"));
    orders();
    jms.work();
    manager.commit();

    List<String> after = seen.subList(seen.indexOf("orders commit") + 1, seen.size());
    assertThat(after.subList(0, 2))
        .containsExactlyInAnyOrder("after interposed 1" + DONE, "after interposed 2" + DONE);
    assertThat(after.subList(2, 4))
        .containsExactlyInAnyOrder("after ordinary 1" + DONE, "after ordinary 2" + DONE);
  }

  @Test
  @Sentence(
      of = OF,
      says = "Its afterCompletion is called after the two-phase commit, before the ordinary ones.")
  void itsAfterOfARollbackIsBeforeTheOrdinary() throws Exception {
    begin();
    current().registerSynchronization(noted("ordinary"));
    registry.registerInterposedSynchronization(noted("interposed"));
    manager.rollback();

    assertThat(seen)
        .containsExactly(
            "after interposed " + Status.STATUS_ROLLEDBACK,
            "after ordinary " + Status.STATUS_ROLLEDBACK);
  }

  @Test
  @Sentence(
      of = OF,
      says = "Its afterCompletion is called after the two-phase commit, before the ordinary ones.")
  void anExceptionOfItsAfterKeepsNobodyFromBeingCalled() throws Exception {
    begin(
        Callback.after(
            status -> {
              throw new IllegalStateException("too late");
            }),
        noted("interposed"));
    current().registerSynchronization(noted("ordinary"));
    db.work();
    manager.commit();

    assertThat(seen).endsWith("after interposed" + DONE, "after ordinary" + DONE);
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  @Sentence(
      of = OF,
      says =
          "Its beforeCompletion is called in the context of the transaction and may use resources.")
  void itsBeforeHasTheTransactionAndWorks() throws Exception {
    List<Object> told = new ArrayList<>();
    begin(
        Callback.before(
            () -> {
              told.add(manager.getTransaction());
              told.add(registry.getTransactionStatus());
              workOnBoth();
            }));
    Transaction transaction = current();
    manager.commit();

    assertThat(told).containsExactly(transaction, Status.STATUS_ACTIVE);
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  @Sentence(
      of = OF,
      says =
          "Its beforeCompletion is called in the context of the transaction and may use resources.")
  void itsBeforeSeesTheValuesOfTheTransaction() throws Exception {
    List<Object> told = new ArrayList<>();
    begin(Callback.before(() -> told.add(registry.getResource("key"))));
    registry.putResource("key", "value");
    manager.commit();

    assertThat(told).containsExactly("value");
  }

  @Test
  @Sentence(
      of = OF,
      says =
          "Its beforeCompletion is called in the context of the transaction and may use resources.")
  void afterAnExceptionOfItsBeforeItIsRolledBack() throws Exception {
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
  }

  @Test
  @Sentence(
      of = OF,
      says =
          "Its beforeCompletion is called in the context of the transaction and may use resources.")
  void itsBeforeMayMark() throws Exception {
    begin(Callback.before(() -> registry.setRollbackOnly()));
    db.work();

    assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> manager.commit());
    assertThat(orders.rolledBack()).hasSize(1);
  }

  @Test
  @Sentence(of = OF, says = "Its afterCompletion is called in no context that is defined.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "the ended transaction is still on the thread of the commit",
      here = "the thread has no transaction, as in the afterCompletion of an ordinary one")
  void withinItsAfterThereIsNoTransaction() throws Exception {
    List<Object> told = new ArrayList<>();
    begin(
        Callback.after(
            status -> {
              told.add(manager.getStatus());
              told.add(manager.getTransaction());
              told.add(registry.getTransactionKey());
              told.add(db.transaction());
            }));
    manager.commit();

    assertThat(told).containsExactly(Status.STATUS_NO_TRANSACTION, null, null, null);
  }

  @Test
  @Sentence(of = OF, says = "Its afterCompletion is called in no context that is defined.")
  void withinItsAfterOfATimeoutThereIsNoTransaction() throws Exception {
    List<Object> told = new ArrayList<>();
    manager.setTransactionTimeout(1);
    begin(
        Callback.after(
            status -> {
              told.add(status);
              told.add(manager.getStatus());
              told.add(manager.getTransaction());
              seen.add("after");
            }));
    manager.suspend();
    await().until(() -> !seen.isEmpty());

    assertThat(told).containsExactly(Status.STATUS_ROLLEDBACK, Status.STATUS_NO_TRANSACTION, null);
    await().until(() -> handfast.recovery().status().active() == 0);
  }

  @Test
  @Sentence(of = OF, says = "Its afterCompletion does no work in the transaction.")
  void withinItsAfterNothingIsEnlisted() throws Exception {
    List<Exception> told = new ArrayList<>();
    begin(Callback.after(status -> told.add(catchException(() -> db.work()))));
    jms.work();
    manager.commit();

    assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(orders.calls()).doesNotContain("start");
    assertThat(events.committed()).hasSize(1);
  }

  @Test
  @Sentence(of = OF, says = "IllegalStateException: there is no transaction that is active.")
  void registersNothingWithoutATransaction() {
    assertThatIllegalStateException()
        .isThrownBy(() -> registry.registerInterposedSynchronization(noted("it")));
  }

  @Test
  @Sentence(of = OF, says = "IllegalStateException: there is no transaction that is active.")
  void registersNothingInAMarkedOne() throws Exception {
    begin();
    manager.setRollbackOnly();

    assertThatIllegalStateException()
        .isThrownBy(() -> registry.registerInterposedSynchronization(noted("it")));
    manager.rollback();
    assertThat(seen).isEmpty();
  }

  @Test
  @Sentence(of = OF, says = "IllegalStateException: the two-phase commit has started.")
  void registersNothingWhileItIsBeingCompleted() throws Exception {
    List<Exception> told = new ArrayList<>();
    begin();
    jms.work();
    orders()
        .at(XaStep.PREPARE, () -> told.add(registerLate()))
        .at(XaStep.COMMIT, () -> told.add(registerLate()));
    manager.commit();

    assertThat(told).hasSize(2).hasOnlyElementsOfType(IllegalStateException.class);
    assertThat(seen).noneMatch(call -> call.contains("late"));
  }

  private Exception registerLate() {
    return catchException(() -> registry.registerInterposedSynchronization(noted("late")));
  }
}
