package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.scripted.Warnings;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work that runs as that of a method which declares its transaction. */
final class DeclaredByTest {

  private static final String CLASS = DeclaredByTest.class.getName() + "$Orders";
  private static final Duration BRIEF = Duration.ofMillis(50);

  @RegisterExtension final Warnings log = new Warnings();

  private Handfast handfast = start(Map.of());

  @SuppressWarnings("unused")
  private static final class Orders {
    void book() {}

    void cancel() {}
  }

  @AfterEach
  void close() {
    assertThat(handfast.userTransaction())
        .satisfies(user -> assertThat(user.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION));
    assertThat(handfast.recovery().status().active()).isZero();
    handfast.close();
  }

  private static Handfast start(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("handfast.node-name", "node-1");
    properties.put("handfast.log-store.type", "memory");
    return Handfast.start(properties);
  }

  private void restart(String name, String timeout) {
    handfast.close();
    handfast = start(Map.of("handfast.transactional.\"" + name + "\".timeout", timeout));
  }

  private static Method method(String name) {
    try {
      return Orders.class.getDeclaredMethod(name);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private Transacted book(TxType type) {
    return handfast.transaction(type).declaredBy(method("book"));
  }

  private int status() throws Exception {
    return handfast.transactionManager().getStatus();
  }

  private void awaitTimeout() {
    await().until(() -> handfast.recovery().status().active() == 0);
  }

  private void assertTimesOut(Transacted transacted) {
    assertThatExceptionOfType(RolledBackException.class)
        .isThrownBy(() -> transacted.run(this::awaitTimeout))
        .withMessageContaining("timed out after 50 ms");
  }

  @Test
  void aConfiguredTimeoutOfTheMethodTakesThePlaceOfOneThatWasGiven() {
    restart(CLASS + ".book", "50ms");

    assertTimesOut(book(TxType.REQUIRED).timeout(Duration.ofMinutes(1)));
    assertTimesOut(
        handfast
            .transaction(TxType.REQUIRES_NEW)
            .timeout(Duration.ofMinutes(1))
            .declaredBy(method("book")));
    assertTimesOut(book(TxType.REQUIRED));
  }

  @Test
  void aConfiguredTimeoutOfTheClassIsThatOfMethodsWithoutTheirOwn() {
    restart(CLASS, "50ms");

    assertTimesOut(book(TxType.REQUIRED));
  }

  @Test
  void theMethodsOwnTimeoutWinsOverThatOfItsClass() {
    handfast.close();
    handfast =
        start(
            Map.of(
                "handfast.transactional.\"" + CLASS + "\".timeout", "1h",
                "handfast.transactional.\"" + CLASS + ".book\".timeout", "50ms"));

    assertTimesOut(book(TxType.REQUIRED));
  }

  @Test
  void theTimeoutOfAnotherMethodIsNotTaken() {
    restart(CLASS + ".cancel", "1h");

    assertTimesOut(book(TxType.REQUIRED).timeout(BRIEF));
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "MANDATORY", "SUPPORTS"})
  void whereTheMethodJoinsATimeoutIsIgnored(TxType type) throws Exception {
    restart(CLASS + ".book", "50ms");

    handfast.run(
        () -> {
          book(type).run(() -> assertThat(status()).isEqualTo(Status.STATUS_ACTIVE));
          handfast
              .transaction(type)
              .timeout(BRIEF)
              .declaredBy(method("cancel"))
              .run(() -> assertThat(status()).isEqualTo(Status.STATUS_ACTIVE));
        });
  }

  @Test
  void aTimeoutThatIsNoneIsRefusedAsElsewhere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> book(TxType.REQUIRED).timeout(Duration.ZERO));
  }

  private List<Runnable> calls() {
    UserTransaction user = handfast.userTransaction();
    return List.of(
        () -> unchecked(user::begin),
        () -> unchecked(user::commit),
        () -> unchecked(user::rollback),
        () -> unchecked(user::getStatus),
        () -> unchecked(user::setRollbackOnly),
        () -> unchecked(() -> user.setTransactionTimeout(1)));
  }

  private interface Part {
    void run() throws Exception;
  }

  private static void unchecked(Part part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "REQUIRES_NEW", "SUPPORTS"})
  void userTransactionIsForbiddenMeanwhile(TxType type) throws Exception {
    book(type)
        .run(
            () ->
                assertThat(calls())
                    .allSatisfy(
                        call ->
                            assertThatIllegalStateException()
                                .isThrownBy(call::run)
                                .withMessage(
                                    "UserTransaction cannot be used while "
                                        + CLASS
                                        + ".book runs, which declares its transaction. To solve"
                                        + " this, leave the transaction to that method, or let it"
                                        + " be NOT_SUPPORTED or NEVER.")));

    handfast.userTransaction().begin();
    handfast.userTransaction().rollback();
  }

  @Test
  void whatIsNotDeclaredLeavesUserTransactionAsItIs() throws Exception {
    handfast.run(
        () -> {
          assertThat(handfast.userTransaction().getStatus()).isEqualTo(Status.STATUS_ACTIVE);
          book(TxType.MANDATORY)
              .run(
                  () ->
                      handfast.run(
                          () ->
                              assertThatIllegalStateException()
                                  .isThrownBy(() -> handfast.userTransaction().getStatus())));
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_SUPPORTED", "NEVER"})
  void thoseWithoutATransactionAllowItAlsoWithinOnesThatDoNot(TxType type) throws Exception {
    Transacted outer = book(TxType.SUPPORTS);
    outer.run(
        () -> {
          book(type)
              .run(
                  () -> {
                    handfast.userTransaction().begin();
                    handfast.userTransaction().commit();
                  });
          assertThatIllegalStateException()
              .isThrownBy(() -> handfast.userTransaction().begin())
              .withMessageContaining(CLASS + ".book");
        });
  }

  @Test
  void itIsAsBeforeAfterAnExceptionToo() throws Exception {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(
            () ->
                book(TxType.REQUIRED)
                    .run(
                        () -> {
                          throw new ArithmeticException();
                        }));

    handfast.userTransaction().begin();
    handfast.userTransaction().rollback();
  }

  @Test
  void managerAndRegistryAreAllowed() throws Exception {
    book(TxType.REQUIRED)
        .run(
            () -> {
              assertThat(status()).isEqualTo(Status.STATUS_ACTIVE);
              assertThat(handfast.synchronizationRegistry().getTransactionKey()).isNotNull();
            });
  }

  @Test
  void theUserTransactionIsNoTransactionManager() {
    assertThat(handfast.userTransaction()).isNotSameAs(handfast.transactionManager());
    assertThat(handfast.transactionManager()).isNotInstanceOf(UserTransaction.class);
  }

  interface Shop {}

  @Test
  void aProxyNeedsTheModuleThatMakesIt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> handfast.transactional(Shop.class, new Shop() {}))
        .withMessageContaining("dev.handfast:handfast-xa-transactional, which is not there.");
  }
}
