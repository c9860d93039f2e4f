package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchException;

import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

/** Section 3.3.1, resource enlistment. */
@Section("3.3.1")
final class EnlistmentSpecTest extends Specification {

  @Test
  @Sentence(says = "Each resource in use is enlisted with its XAResource.")
  void aHandleEnlistsWhatItWorksWith() throws Exception {
    manager.begin();
    db.work();
    manager.commit();

    assertThat(orders.calls()).filteredOn(call -> call.equals("start")).hasSize(1);
    assertThat(events.calls()).doesNotContain("start");
  }

  @Test
  @Sentence(says = "To enlist is to tell the resource start, with the flag that applies.")
  void enlistingStartsTheBranch() throws Exception {
    manager.begin();
    orders();

    assertThat(seen).containsExactly("orders start TMNOFLAGS");
    manager.rollback();
  }

  @Test
  @Sentence(says = "enlistResource takes an XAResource from the application server.")
  @Differs(
      how = Differs.How.DOCUMENTED,
      narayana = "takes any, and cannot finish its branch after a crash if recovery has no name",
      here =
          "IllegalStateException for any but the runtime's resources, which enlist themselves when"
              + " their handles are worked with; the transaction goes on")
  void refusesAnXaResourceThatRecoveryDoesNotKnow() throws Exception {
    manager.begin();
    db.work();
    XAResource foreign = recording("foreign", events);

    assertThatIllegalStateException()
        .isThrownBy(() -> current().enlistResource(foreign))
        .withMessageContaining("recovery")
        .withMessageContaining("To solve this");
    assertThat(seen).isEmpty();
    manager.commit();
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  @Sentence(says = "With isSameRM it is found out whether the resource manager is there already.")
  @Differs(
      how = Differs.How.DOCUMENTED,
      narayana = "asks the XAResources that are there already",
      here =
          "asks none: the runtime's handles know their resource manager, and a join on another"
              + " session would lose work with some drivers")
  void asksNoResourceWhetherItIsTheSame() throws Exception {
    manager.begin();
    orders();
    orders();

    assertThat(seen).containsExactly("orders start TMNOFLAGS", "orders start TMNOFLAGS");
    manager.rollback();
  }

  @Test
  @Sentence(says = "One resource manager gets one set of prepare and commit.")
  void aResourceManagerIsAskedOnce() throws Exception {
    manager.begin();
    db.work();
    jms.work();
    db.work();
    manager.commit();

    assertThat(orders.calls())
        .filteredOn(call -> !call.startsWith("r:"))
        .containsExactly("start", "end", "prepare", "commit");
  }

  @Test
  @Sentence(says = "A resource manager that is new to the transaction gets a branch of its own.")
  void aNewResourceManagerGetsABranch() throws Exception {
    manager.begin();
    RecordingResource first = orders();
    RecordingResource second = events();
    manager.commit();

    assertThat(first.xids()).hasSize(1);
    assertThat(second.xids()).hasSize(1).doesNotContainAnyElementsOf(first.xids());
  }

  @Test
  @Sentence(says = "Each new resource manager is told of the completion by prepare and commit.")
  void eachResourceManagerIsToldOfTheCompletion() throws Exception {
    manager.begin();
    orders();
    events();
    manager.commit();

    assertThat(seen).contains("orders prepare", "events prepare", "orders commit", "events commit");
  }

  @Test
  @Sentence(
      says = "delistResource parts a resource from the transaction (suspended, failed, done).")
  @Differs(
      how = Differs.How.DOCUMENTED,
      narayana = "ends the branch's work with TMSUSPEND, TMFAIL or TMSUCCESS",
      here =
          "false, whatever the flag, since no XAResource is enlisted by hand; a branch stays until"
              + " its transaction ends")
  void nothingIsDelistedByHand() throws Exception {
    manager.begin();
    RecordingResource resource = orders();
    List<Boolean> delisted = new ArrayList<>();
    for (int flag : List.of(XAResource.TMSUSPEND, XAResource.TMFAIL, XAResource.TMSUCCESS)) {
      delisted.add(current().delistResource(resource, flag));
    }

    assertThat(delisted).containsOnly(false);
    assertThat(seen).containsExactly("orders start TMNOFLAGS");
    manager.commit();
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  @Sentence(says = "What is associated is ended before prepare, without a delist.")
  void endsBeforePrepare() throws Exception {
    manager.begin();
    orders();
    jms.work();
    manager.commit();

    assertThat(seen)
        .containsExactly(
            "orders start TMNOFLAGS", "orders end TMSUCCESS", "orders prepare", "orders commit");
  }

  @Test
  @Sentence(says = "What is associated is ended before a commit in one phase.")
  void endsBeforeACommitInOnePhase() throws Exception {
    manager.begin();
    orders();
    manager.commit();

    assertThat(seen)
        .containsExactly(
            "orders start TMNOFLAGS", "orders end TMSUCCESS", "orders commit in one phase");
  }

  @Test
  @Sentence(says = "What is associated is ended before a rollback.")
  void endsBeforeARollback() throws Exception {
    manager.begin();
    orders();
    manager.rollback();

    assertThat(seen).hasSize(3).startsWith("orders start TMNOFLAGS").endsWith("orders rollback");
    assertThat(seen.get(1)).startsWith("orders end ");
  }

  @Test
  @Sentence(of = "enlistResource", says = "RollbackException: the transaction is marked.")
  void enlistsNothingInAMarkedOne() throws Exception {
    manager.begin();
    manager.setRollbackOnly();

    assertThatExceptionOfType(RollbackException.class)
        .isThrownBy(() -> current().enlistResource(recording("orders", orders)));
    assertThat(seen).isEmpty();
    manager.rollback();
  }

  @Test
  @Sentence(of = "enlistResource", says = "RollbackException: the transaction is marked.")
  void aHandleEnlistsNothingInAMarkedOne() throws Exception {
    manager.begin();
    manager.setRollbackOnly();

    assertThatExceptionOfType(EnlistmentException.class).isThrownBy(this::orders);
    assertThat(seen).isEmpty();
    manager.rollback();
  }

  @Test
  @Sentence(of = "enlistResource", says = "IllegalStateException: prepared, or not active.")
  void enlistsNothingInAnEndedOne() throws Exception {
    manager.begin();
    Transaction transaction = current();
    GlobalTransaction kept = db.transaction();
    manager.commit();

    assertThatIllegalStateException()
        .isThrownBy(() -> transaction.enlistResource(recording("orders", orders)));
    assertThatExceptionOfType(EnlistmentException.class)
        .isThrownBy(() -> kept.enlist(recording("orders", orders)));
    assertThat(seen).isEmpty();
  }

  @Test
  @Sentence(of = "enlistResource", says = "IllegalStateException: prepared, or not active.")
  void enlistsNothingWhileItIsBeingCompleted() throws Exception {
    List<Exception> told = new ArrayList<>();
    manager.begin();
    Transaction transaction = current();
    XAResource more = recording("more", events);
    jms.work();
    orders()
        .at(XaStep.PREPARE, () -> told.add(enlistLate(transaction, more)))
        .at(XaStep.COMMIT, () -> told.add(enlistLate(transaction, more)));
    manager.commit();

    assertThat(told).hasSize(2).hasOnlyElementsOfType(IllegalStateException.class);
    assertThat(seen).noneMatch(call -> call.startsWith("more"));
    assertThat(orders.committed()).hasSize(1);
  }

  private static Exception enlistLate(Transaction transaction, XAResource more) {
    return catchException(() -> transaction.enlistResource(more));
  }

  @Test
  @Sentence(of = "enlistResource", says = "IllegalStateException: prepared, or not active.")
  void aHandleEnlistsNothingWhileItIsBeingCompleted() throws Exception {
    List<Exception> told = new ArrayList<>();
    manager.begin();
    GlobalTransaction late = jms.transaction();
    RecordingResource more = recording("more", events);
    jms.work();
    orders()
        .at(XaStep.PREPARE, () -> told.add(catchException(() -> late.enlist(more))))
        .at(XaStep.COMMIT, () -> told.add(catchException(() -> late.enlist(more))));
    manager.commit();

    assertThat(told).hasSize(2).hasOnlyElementsOfType(EnlistmentException.class);
    assertThat(seen).noneMatch(call -> call.startsWith("more"));
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  @Sentence(of = "enlistResource", says = "The argument is the XAResource of a connection.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "SystemException for null",
      here = "IllegalArgumentException that says what to do; the transaction goes on")
  void refusesNull() throws Exception {
    manager.begin();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> current().enlistResource(null))
        .withMessageContaining("XAResource");
    manager.commit();
  }

  @Test
  @Sentence(of = "delistResource", says = "IllegalStateException: the transaction is not active.")
  void delistsNothingFromAnEndedOne() throws Exception {
    manager.begin();
    Transaction transaction = current();
    RecordingResource resource = orders();
    manager.commit();

    assertThatIllegalStateException()
        .isThrownBy(() -> transaction.delistResource(resource, XAResource.TMSUCCESS));
  }

  @Test
  @Sentence(of = "delistResource", says = "It returns false if nothing was delisted.")
  void tellsThatNothingWasDelisted() throws Exception {
    manager.begin();

    assertThat(current().delistResource(recording("orders", orders), XAResource.TMSUCCESS))
        .isFalse();
    manager.commit();
  }

  @Test
  @Sentence(of = "enlistResource", says = "It returns false if the resource was not enlisted.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "false, and the transaction is marked; the error is in the log alone",
      here =
          "an exception out of the handle, and the transaction is marked; both name the resource")
  void aBranchThatCannotStartIsTold() throws Exception {
    manager.begin();
    RecordingResource broken = recording("orders", orders);
    broken.at(XaStep.START, () -> fail());

    assertThatExceptionOfType(EnlistmentException.class)
        .isThrownBy(() -> db.transaction().enlist(broken))
        .withMessageContaining("orders");
    assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> manager.commit());
    assertThat(Arrays.asList(orders.committed(), events.committed())).containsOnly(List.of());
  }

  private static void fail() {
    throw new IllegalStateException("defect of a driver");
  }
}
