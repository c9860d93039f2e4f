package dev.handfast.xa.transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.handfast.xa.transactional.elsewhere.Base;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.TransactionalException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

/** Each bad use is told, with what mends it. */
final class RefusedProxyTest extends ProxyFixture {

  private static final String HERE = RefusedProxyTest.class.getName() + "$";

  interface Plain {
    void run();
  }

  static class Refused implements Plain {
    @Override
    public void run() {}

    @Transactional
    public final void finalOne() {}

    @Transactional
    private void privateOne() {}

    @Transactional
    static void staticOne() {}

    @Override
    @Transactional
    public String toString() {
      privateOne();
      return "refused";
    }
  }

  private <T> AbstractStringAssert<?> assertRefused(Class<T> type, T target) {
    String[] message = {""};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handfast.transactional(type, target))
        .satisfies(e -> message[0] = e.getMessage());
    return assertThat(message[0])
        .startsWith(
            "There is no transactional proxy of "
                + type.getName()
                + " for a "
                + target.getClass().getName());
  }

  @Test
  void everyMethodThatCannotBeInterceptedIsListed() {
    assertRefused(Refused.class, new Refused())
        .contains("for 4 reasons:\n- ")
        .contains(
            "\n- "
                + HERE
                + "Refused.finalOne() is final, and would run on the proxy instead of the target."
                + " To solve this, make it private or not final, or give an interface as the type.")
        .contains(
            "\n- "
                + HERE
                + "Refused.privateOne() has @Transactional and is private, so that no proxy sees its"
                + " calls. To solve this, make it visible, or take the annotation away.")
        .contains(HERE + "Refused.staticOne() has @Transactional and is static")
        .contains(HERE + "Refused.toString() has @Transactional and tells of the object itself");
  }

  static class Unreached implements Plain {
    @Override
    @Transactional
    public void run() {}

    @Transactional
    public void more() {}
  }

  @Test
  void anAnnotatedMethodThatTheInterfaceDoesNotHave() {
    assertRefused(Plain.class, new Unreached())
        .contains(
            HERE
                + "Unreached.more() has @Transactional and is no method of "
                + HERE
                + "Plain, so that no caller of the proxy reaches it. To solve this, add it there,"
                + " or give a type that has it.");
  }

  interface Other {
    void more();
  }

  static class OfTwo extends Unreached implements Other {}

  @Test
  void oneThatIsOfAnotherInterfaceIsForAnotherProxy() {
    handfast.transactional(Plain.class, new OfTwo()).run();
    handfast.transactional(Other.class, new OfTwo()).more();
  }

  static class FinalBehindInterface implements Plain {
    @Override
    @Transactional
    public final void run() {}
  }

  @Test
  void aFinalMethodIsReachedByAnInterface() {
    handfast.transactional(Plain.class, new FinalBehindInterface()).run();
    assertRefused(FinalBehindInterface.class, new FinalBehindInterface()).contains("is final");
  }

  @Test
  void aProxyThatWouldDoNothing() {
    assertRefused(Plain.class, () -> {})
        .contains("no method of it is annotated with @Transactional");
  }

  record ARecord() {
    @Transactional
    void run() {}
  }

  enum AnEnum {
    ONE;

    @Transactional
    void run() {}
  }

  static final class AFinalClass {
    @Transactional
    void run() {}
  }

  static sealed class ASealedClass permits Permitted {
    @Transactional
    void run() {}
  }

  static final class Permitted extends ASealedClass {}

  sealed interface ASealedInterface permits PermittedToo {
    @Transactional
    void run();
  }

  static final class PermittedToo implements ASealedInterface {
    @Override
    public void run() {}
  }

  @Test
  void typesWithoutSubclasses() {
    String mend = "of which there is no subclass. To solve this, give an interface as the type.";
    assertRefused(ARecord.class, new ARecord()).contains("is a record, " + mend);
    assertRefused(AnEnum.class, AnEnum.ONE).contains("is an enum, " + mend);
    assertRefused(AFinalClass.class, new AFinalClass()).contains("is final, " + mend);
    assertRefused(ASealedClass.class, new Permitted()).contains("is sealed, " + mend);
    assertRefused(ASealedInterface.class, new PermittedToo())
        .contains("is sealed. To solve this, give an interface that is open");
  }

  static class HiddenAbove extends Base.WithPackagePrivate {
    public int open;

    @Transactional
    void run() {}
  }

  @Test
  void whatWouldRunOnTheProxyItself() {
    assertRefused(HiddenAbove.class, new HiddenAbove())
        .contains("Base$WithPackagePrivate.hidden() is of another package than the type")
        .contains("HiddenAbove.open is a public field");
  }

  interface Asynchronous {
    @Transactional
    Future<String> future();

    @Transactional
    CompletionStage<String> stage();

    @Transactional
    Flow.Publisher<String> publisher();

    @Transactional(TxType.SUPPORTS)
    CompletableFuture<String> supports();

    @Transactional(TxType.NOT_SUPPORTED)
    CompletableFuture<String> none();
  }

  @Test
  void resultsThatComeWhenTheTransactionIsOver() {
    Asynchronous target =
        (Asynchronous)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Asynchronous.class},
                (proxy, method, arguments) -> null);

    assertRefused(Asynchronous.class, target)
        .contains("for 4 reasons")
        .contains("(java.util.concurrent.Future), when its transaction would be over")
        .contains("(java.util.concurrent.CompletionStage)")
        .contains("(java.util.concurrent.Flow$Publisher)")
        .contains("supports() returns before")
        .doesNotContain("none() returns before");
  }

  static class Wrong implements Plain {
    @Override
    @Transactional
    @Timeout("5")
    public void run() {}

    @Transactional
    @Label(" ")
    void labelled() {}

    @Timeout("5s")
    void alone() {}
  }

  @Test
  void wrongTimeoutsAndLabels() {
    assertRefused(Wrong.class, new Wrong())
        .contains("@Timeout of " + HERE + "Wrong.run() = '5': a duration has a unit")
        .contains("@Label of " + HERE + "Wrong.labelled(): The label of a transaction has 1 to 64")
        .contains("Wrong.alone() has @Timeout and no @Transactional");
  }

  static class Good implements Plain {
    @Override
    @Transactional
    public void run() {}
  }

  @Test
  void aProxyOfAProxy() {
    String mend =
        "it is such a proxy already. To solve this, use it, or give the object behind it.";
    assertRefused(Plain.class, handfast.transactional(Plain.class, new Good())).endsWith(mend);
    assertRefused(Good.class, handfast.transactional(Good.class, new Good())).endsWith(mend);
    assertRefused(Plain.class, handfast.transactional(Good.class, new Good())).endsWith(mend);
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void aTargetOfAnotherType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handfast.transactional((Class) Plain.class, "text"))
        .withMessageContaining("it is none. To solve this, give an object of the type.");
  }

  static class Both {
    @Transactional(
        rollbackOn = {SQLException.class, IllegalStateException.class},
        dontRollbackOn = IllegalStateException.class)
    void run() {}
  }

  @Test
  void anExceptionInBothListsIsWarnedOfOnce() {
    Both proxy = handfast.transactional(Both.class, new Both());
    proxy.run();
    proxy.run();

    assertThat(log.lines().stream().filter(line -> line.contains("HANDFAST005001")))
        .containsExactly(
            "WARN HANDFAST005001 "
                + HERE
                + "Both.run() names in rollbackOn and in dontRollbackOn:"
                + " java.lang.IllegalStateException. It does not roll back. To solve this, name it"
                + " once.");
  }

  static class Never {
    @Transactional(TxType.NEVER)
    void run() {}

    @Transactional(TxType.MANDATORY)
    void mandatory() {}
  }

  @Test
  void neverWithinAndMandatoryWithout() {
    Never proxy = handfast.transactional(Never.class, new Never());

    handfast.run(
        () ->
            assertThatExceptionOfType(TransactionalException.class)
                .isThrownBy(proxy::run)
                .withMessage(
                    HERE
                        + "Never.run() is NEVER and was called within a transaction. To solve this,"
                        + " call it outside, or let it be NOT_SUPPORTED."));
    assertThatExceptionOfType(TransactionalException.class)
        .isThrownBy(proxy::mandatory)
        .withMessage(
            HERE
                + "Never.mandatory() is MANDATORY and was called without a transaction. To solve"
                + " this, call it within one, or let it be REQUIRED.");
  }

  @Test
  void aClosedRuntimeMakesNoProxyAndBeginsNoTransaction() {
    Good proxy = handfast.transactional(Good.class, new Good());
    handfast.close();

    assertThatIllegalStateException()
        .isThrownBy(proxy::run)
        .withMessage("The runtime is closed: no transaction can be begun");
    assertThatIllegalStateException()
        .isThrownBy(() -> handfast.transactional(Good.class, new Good()))
        .withMessageContaining("The runtime is closed");
  }
}
