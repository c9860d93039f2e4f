package dev.handfast.xa.testkit.transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.testkit.transactional.CaseMethods.Work;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionRequiredException;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.TransactionalException;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.Serial;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * The sentences of Jakarta Transactions 2.0 on {@code @Transactional}: section 3.7, and the
 * documentation of the annotation and of its exception. Extend it for each way to call an annotated
 * method.
 */
public abstract class TransactionalSpecification extends SpecificationFixture {

  /** For extension. */
  protected TransactionalSpecification() {}

  @Test
  @Sentence(says = "Annotations declare where transactions begin and end.")
  final void anAnnotationBeginsAndEndsATransaction() throws Throwable {
    cases.required(noting());

    assertThat(ends).containsExactly(Status.STATUS_COMMITTED);
  }

  @Test
  @Sentence(says = "What stands at a method overrules what stands at its class.")
  final void theMethodOverrulesItsClass() throws Throwable {
    methods.ofTheClass(() -> assertThat(key()).isNull());
    methods.byDefault(() -> assertThat(key()).isNotNull());
  }

  @Test
  @Sentence(
      says =
          "Each method of UserTransaction: IllegalStateException, in other types than NOT_SUPPORTED and NEVER.")
  final void userTransactionIsForbidden() throws Throwable {
    UserTransaction user = handfast.userTransaction();
    Work work =
        () -> {
          assertForbidden(user::begin);
          assertForbidden(user::commit);
          assertForbidden(user::rollback);
          assertForbidden(user::getStatus);
          assertForbidden(user::setRollbackOnly);
          assertForbidden(() -> user.setTransactionTimeout(1));
        };
    cases.required(work);
    cases.requiresNew(work);
    cases.supports(work);
    handfast.run(() -> CaseCalls.unchecked(() -> cases.mandatory(work)));
  }

  private static void assertForbidden(ThrowingCallable call) {
    assertThatIllegalStateException()
        .isThrownBy(call)
        .withMessageContaining("UserTransaction cannot be used while");
  }

  @Test
  @Sentence(says = "UserTransaction may be used in NOT_SUPPORTED and NEVER.")
  final void userTransactionIsAllowedWithoutATransaction() throws Throwable {
    UserTransaction user = handfast.userTransaction();
    Work work =
        () -> {
          user.begin();
          user.rollback();
        };
    cases.notSupported(work);
    cases.never(work);
    cases.required(() -> cases.notSupported(work));
  }

  @Test
  @Sentence(says = "TransactionSynchronizationRegistry may be used whatever is annotated.")
  final void theRegistryIsAllowed() throws Throwable {
    Work work = () -> assertThat(registry.getTransactionStatus()).isNotNegative();
    for (TxType type : TxType.values()) {
      if (type != TxType.MANDATORY) {
        CaseMethods.call(cases, type, work);
      }
    }
    handfast.run(() -> CaseCalls.unchecked(() -> cases.mandatory(work)));
  }

  @Test
  @Sentence(says = "REQUIRED is the default.")
  final void requiredIsTheDefault() throws Throwable {
    methods.byDefault(noting());
    assertThat(ends).containsExactly(Status.STATUS_COMMITTED);

    handfast.run(
        () -> {
          Object callers = key();
          CaseCalls.unchecked(() -> methods.byDefault(() -> assertThat(key()).isEqualTo(callers)));
        });
  }

  @Test
  @Sentence(
      says =
          "REQUIRED outside a transaction: one begins, the method runs in it, and it is completed.")
  final void requiredOutside() throws Throwable {
    cases.required(noting());

    assertThat(ends).containsExactly(Status.STATUS_COMMITTED);
  }

  @Test
  @Sentence(says = "REQUIRED inside a transaction: the method runs in that one.")
  final void requiredInside() {
    assertJoins(TxType.REQUIRED);
  }

  private void assertJoins(TxType type) {
    handfast.run(
        () -> {
          Object callers = key();
          CaseCalls.unchecked(
              () ->
                  CaseMethods.call(
                      cases,
                      type,
                      () -> {
                        noteEnd();
                        assertThat(key()).isEqualTo(callers).isNotNull();
                      }));
          assertThat(ends).isEmpty();
          assertThat(key()).isEqualTo(callers);
        });
    assertThat(ends).containsExactly(Status.STATUS_COMMITTED);
  }

  @Test
  @Sentence(
      says =
          "REQUIRES_NEW outside a transaction: one begins, the method runs in it, and it is completed.")
  final void requiresNewOutside() throws Throwable {
    cases.requiresNew(noting());

    assertThat(ends).containsExactly(Status.STATUS_COMMITTED);
  }

  @Test
  @Sentence(
      says =
          "REQUIRES_NEW inside a transaction: that one is suspended, another begins and is completed, and the suspended one is resumed.")
  final void requiresNewInside() {
    handfast.run(
        () -> {
          Object callers = key();
          CaseCalls.unchecked(
              () ->
                  cases.requiresNew(
                      () -> {
                        noteEnd();
                        assertThat(key()).isNotNull().isNotEqualTo(callers);
                      }));
          assertThat(ends).containsExactly(Status.STATUS_COMMITTED);
          assertThat(key()).isEqualTo(callers);
          assertThat(registry.getTransactionStatus()).isEqualTo(Status.STATUS_ACTIVE);
        });
  }

  @Test
  @Sentence(
      says =
          "MANDATORY outside a transaction: TransactionalException by TransactionRequiredException.")
  final void mandatoryOutside() {
    assertThatExceptionOfType(TransactionalException.class)
        .isThrownBy(() -> cases.mandatory(noting()))
        .withCauseExactlyInstanceOf(TransactionRequiredException.class);
    assertThat(ends).isEmpty();
  }

  @Test
  @Sentence(says = "MANDATORY inside a transaction: the method runs in that one.")
  final void mandatoryInside() {
    assertJoins(TxType.MANDATORY);
  }

  @Test
  @Sentence(says = "SUPPORTS outside a transaction: the method runs outside.")
  final void supportsOutside() throws Throwable {
    cases.supports(() -> assertThat(key()).isNull());
  }

  @Test
  @Sentence(says = "SUPPORTS inside a transaction: the method runs in that one.")
  final void supportsInside() {
    assertJoins(TxType.SUPPORTS);
  }

  @Test
  @Sentence(says = "NOT_SUPPORTED outside a transaction: the method runs outside.")
  final void notSupportedOutside() throws Throwable {
    cases.notSupported(() -> assertThat(key()).isNull());
  }

  @Test
  @Sentence(
      says =
          "NOT_SUPPORTED inside a transaction: that one is suspended, the method runs outside, and it is resumed.")
  final void notSupportedInside() {
    handfast.run(
        () -> {
          Object callers = key();
          CaseCalls.unchecked(() -> cases.notSupported(() -> assertThat(key()).isNull()));
          assertThat(key()).isEqualTo(callers);
          assertThat(registry.getTransactionStatus()).isEqualTo(Status.STATUS_ACTIVE);
        });
  }

  @Test
  @Sentence(says = "NEVER outside a transaction: the method runs outside.")
  final void neverOutside() throws Throwable {
    cases.never(() -> assertThat(key()).isNull());
  }

  @Test
  @Sentence(
      says = "NEVER inside a transaction: TransactionalException by InvalidTransactionException.")
  final void neverInside() {
    handfast.run(
        () ->
            assertThatExceptionOfType(TransactionalException.class)
                .isThrownBy(() -> cases.never(noting()))
                .withCauseExactlyInstanceOf(InvalidTransactionException.class));
    assertThat(ends).isEmpty();
  }

  @Test
  @Sentence(says = "By default checked exceptions do not roll back.")
  final void checkedExceptionsDoNotRollBack() {
    assertCommits(() -> cases.required(failing(new IOException())));
  }

  @Test
  @Sentence(says = "By default RuntimeException and its subclasses roll back.")
  final void uncheckedExceptionsRollBack() {
    assertRollsBack(() -> cases.required(failing(new RuntimeException())));
    assertRollsBack(() -> cases.required(failing(new ArithmeticException())));
  }

  @Test
  @Sentence(where = "Transactional, rollbackOn", says = "It names exceptions that roll back.")
  final void rollbackOnRollsBack() {
    assertRollsBack(() -> methods.allRollBack(failing(new Exception())));
    assertRollsBack(() -> methods.sparesWarnings(failing(new SQLException())));
  }

  @Test
  @Sentence(
      where = "Transactional, dontRollbackOn",
      says = "It names exceptions that do not roll back.")
  final void dontRollbackOnDoesNotRollBack() {
    assertCommits(() -> methods.sparesIllegalStates(failing(new IllegalStateException())));
    assertRollsBack(() -> methods.sparesIllegalStates(failing(new RuntimeException())));
  }

  @Test
  @Sentence(
      where = "Transactional, rollbackOn",
      says = "What it says of a class counts for its subclasses.")
  final void rollbackOnCountsForSubclasses() {
    assertRollsBack(() -> methods.allRollBack(failing(new IOException())));
    assertRollsBack(() -> methods.sparesWarnings(failing(new BatchUpdateException())));
  }

  private static final class OurStateException extends IllegalStateException {
    @Serial private static final long serialVersionUID = 1L;
  }

  @Test
  @Sentence(
      where = "Transactional, dontRollbackOn",
      says = "What it says of a class counts for its subclasses.")
  final void dontRollbackOnCountsForSubclasses() {
    assertCommits(() -> methods.sparesIllegalStates(failing(new OurStateException())));
  }

  @Test
  @Sentence(where = "Transactional, dontRollbackOn", says = "It takes precedence over rollbackOn.")
  final void dontRollbackOnTakesPrecedence() {
    assertCommits(() -> methods.sparesWarnings(failing(new SQLWarning())));
    assertCommits(() -> cases.required(failing(new AnnotatedCases.BothException())));
  }

  @Test
  @Sentence(says = "An exception that rolls back marks the transaction that the method is in.")
  final void aJoinedTransactionIsMarked() {
    assertThatExceptionOfType(RolledBackException.class)
        .isThrownBy(
            () ->
                handfast.run(
                    () -> {
                      Throwable unused =
                          catchThrowable(() -> cases.required(failing(new RuntimeException())));
                      assertThat(registry.getRollbackOnly()).isTrue();
                    }));
    assertThat(ends).containsExactly(Status.STATUS_ROLLEDBACK);
  }

  @Test
  @Sentence(
      where = "TransactionalException",
      says = "It has the original exception as its cause and is a RuntimeException.")
  final void itIsUncheckedAndHasACause() {
    assertThat(catchThrowable(() -> cases.mandatory(noting())))
        .isInstanceOf(RuntimeException.class)
        .hasCauseInstanceOf(TransactionRequiredException.class);
  }

  @Test
  @Sentence(
      where = "TransactionalException",
      says =
          "By default it marks the transaction that an annotation began earlier: NEVER called in REQUIRED.")
  final void neverCalledInRequiredMarksTheTransaction() {
    assertThatExceptionOfType(TransactionalException.class)
        .isThrownBy(
            () ->
                cases.required(
                    () -> {
                      noteEnd();
                      cases.never(() -> {});
                    }));
    assertThat(ends).containsExactly(Status.STATUS_ROLLEDBACK);
  }
}
