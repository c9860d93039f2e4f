package dev.handfast.xa.transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.transactional.elsewhere.Base;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What there is in Java that may have a proxy, and where its annotations may stand. */
final class KindsOfTypesTest extends ProxyFixture {

  interface Task {
    Object run(Supplier<Object> work);
  }

  record RecordTask(String name) implements Task {
    @Override
    @Transactional
    public Object run(Supplier<Object> work) {
      return work.get();
    }
  }

  @Test
  void aRecordBehindAnInterface() {
    Task proxy = handfast.transactional(Task.class, new RecordTask("one"));

    assertThat(proxy.run(key)).isNotNull();
    assertThat(proxy).hasToString("RecordTask[name=one]");
  }

  enum EnumTask implements Task {
    ONE {
      @Override
      @Transactional
      public Object run(Supplier<Object> work) {
        return work.get();
      }
    }
  }

  @Test
  void anEnumBehindAnInterface() {
    assertThat(handfast.transactional(Task.class, EnumTask.ONE).run(key)).isNotNull();
  }

  interface Annotated {
    @Transactional
    Object run(Supplier<Object> work);

    Object plain(Supplier<Object> work);
  }

  @Test
  void anAnnotationOnTheMethodOfAnInterfaceCountsWhereTheClassSaysNothing() {
    Annotated proxy =
        handfast.transactional(
            Annotated.class,
            new Annotated() {
              @Override
              public Object run(Supplier<Object> work) {
                return work.get();
              }

              @Override
              public Object plain(Supplier<Object> work) {
                return work.get();
              }
            });

    assertThat(proxy.run(key)).isNotNull();
    assertThat(proxy.plain(key)).isNull();
  }

  @Transactional
  interface AnnotatedType {
    Object run(Supplier<Object> work);
  }

  @Test
  void aLambdaBehindAnAnnotatedInterface() {
    AnnotatedType proxy = handfast.transactional(AnnotatedType.class, work -> work.get());

    assertThat(proxy.run(key)).isNotNull();
  }

  @Transactional(TxType.NEVER)
  static class SaysNever implements AnnotatedType, Annotated {
    @Override
    public Object run(Supplier<Object> work) {
      return work.get();
    }

    @Override
    public Object plain(Supplier<Object> work) {
      return work.get();
    }
  }

  @Test
  void theClassOverrulesItsInterfaces() {
    assertThat(handfast.transactional(Annotated.class, new SaysNever()).run(key)).isNull();
    assertThat(handfast.transactional(AnnotatedType.class, new SaysNever()).run(key)).isNull();
  }

  static class InheritsNever extends SaysNever {
    @Override
    @Transactional
    public Object plain(Supplier<Object> work) {
      return super.plain(work);
    }
  }

  @Test
  void theAnnotationOfASuperclassIsInheritedAndAMethodsOwnOverrulesIt() {
    InheritsNever proxy = handfast.transactional(InheritsNever.class, new InheritsNever());

    assertThat(proxy.run(key)).isNull();
    assertThat(proxy.plain(key)).isNotNull();
  }

  interface Repository<T> {
    Object save(T one, Supplier<Object> work);

    default Object saveAll(List<T> all, Supplier<Object> work) {
      return work.get();
    }
  }

  static class Orders implements Repository<String> {
    @Override
    @Transactional
    public Object save(String one, Supplier<Object> work) {
      return work.get();
    }

    public Object save(Object any, Supplier<Object> work, int more) {
      return work.get();
    }

    @Transactional(TxType.NOT_SUPPORTED)
    Object save(CharSequence text, Supplier<Object> work) {
      return work.get();
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void aBridgeOfAGenericMethodLeadsToWhatIsAnnotated() {
    Repository<String> proxy = handfast.transactional(Repository.class, new BridgedOrders());
    Orders ofClass = handfast.transactional(Orders.class, new Orders());
    Repository<String> generic = ofClass;

    assertThat(proxy.save("one", key)).isNotNull();
    assertThat(proxy.saveAll(List.of(), key)).isNull();
    assertThat(generic.save("one", key)).isNotNull();
    handfast.run(() -> assertThat(ofClass.save((CharSequence) "one", key)).isNull());
  }

  static class BridgedOrders implements Repository<String> {
    @Override
    @Transactional
    public Object save(String one, Supplier<Object> work) {
      return work.get();
    }
  }

  static class Saves<T> {
    @Transactional
    public Object save(T one, Supplier<Object> work) {
      return work.get();
    }
  }

  static class InheritedSaves extends Saves<String> implements Repository<String> {}

  @Test
  @SuppressWarnings("unchecked")
  void aGenericMethodOfASuperclassImplementsAnInterface() {
    Repository<String> proxy = handfast.transactional(Repository.class, new InheritedSaves());

    assertThat(proxy.save("one", key)).isNotNull();
  }

  interface WithDefault {
    @Transactional
    default Object run(Supplier<Object> work) {
      return own(work);
    }

    Object own(Supplier<Object> work);
  }

  static class UsesDefault implements WithDefault {
    @Override
    public Object own(Supplier<Object> work) {
      return work.get();
    }
  }

  @Test
  void aDefaultMethod() {
    WithDefault proxy = handfast.transactional(WithDefault.class, new UsesDefault());
    UsesDefault ofClass = handfast.transactional(UsesDefault.class, new UsesDefault());

    assertThat(proxy.run(key)).isNotNull();
    assertThat(proxy.own(key)).isNull();
    assertThat(ofClass.run(key)).isNotNull();
  }

  static class Near extends Base {}

  @Test
  void methodsThatAreInheritedFromAnotherPackage() {
    Near proxy = handfast.transactional(Near.class, new Near());

    assertThat(proxy.inherited(key)).isNotNull();
    assertThat(Base.callGuarded(proxy, key)).isNotNull();
  }

  static class Counted {
    static int made;

    private final String name;

    private Counted(String name) {
      this.name = name;
      made++;
    }

    @Transactional
    Object run(Supplier<Object> work) {
      return work.get();
    }

    @Transactional
    protected String name() {
      return name;
    }
  }

  @Test
  void noConstructorRunsAndTheStateIsThatOfTheTarget() {
    Counted target = new Counted("theirs");
    int made = Counted.made;
    Counted proxy = handfast.transactional(Counted.class, target);

    assertThat(Counted.made).isEqualTo(made);
    assertThat(proxy.name()).isEqualTo("theirs");
    assertThat(proxy.run(key)).isNotNull();
  }

  private static class Nested {
    @Transactional
    Object run(Supplier<Object> work) {
      return work.get();
    }
  }

  class Inner {
    @Transactional
    Object run() {
      return key.get();
    }
  }

  @Test
  void nestedInnerLocalAndAbstractClasses() {
    abstract class Local {
      abstract Object run(Supplier<Object> work);
    }
    Local local =
        new Local() {
          @Override
          @Transactional
          Object run(Supplier<Object> work) {
            return work.get();
          }
        };

    assertThat(handfast.transactional(Nested.class, new Nested()).run(key)).isNotNull();
    assertThat(handfast.transactional(Inner.class, new Inner()).run()).isNotNull();
    assertThat(handfast.transactional(Local.class, local).run(key)).isNotNull();
  }

  static class Overrides extends Overridden {
    @Override
    Object run(Supplier<Object> work) {
      return work.get();
    }
  }

  static class Overridden {
    @Transactional
    Object run(Supplier<Object> work) {
      return work.get();
    }
  }

  @Test
  void anOverridingMethodSaysAnewWhatItIs() {
    assertThatThrownBy(() -> handfast.transactional(Overridden.class, new Overrides()))
        .hasMessageContaining("no method of it is annotated");
  }

  interface Covariant {
    Object run(Supplier<Object> work);
  }

  interface Narrower extends Covariant {
    @Override
    String run(Supplier<Object> work);
  }

  static class Narrow implements Narrower {
    @Override
    @Transactional
    public String run(Supplier<Object> work) {
      return String.valueOf(work.get());
    }
  }

  @Test
  void covariantReturnTypes() {
    Narrower proxy = handfast.transactional(Narrower.class, new Narrow());
    Covariant wider = proxy;
    Covariant ofClass = handfast.transactional(Narrow.class, new Narrow());

    assertThat(proxy.run(key)).isNotEqualTo("null");
    assertThat(wider.run(key)).isNotEqualTo("null");
    assertThat(ofClass.run(key)).isNotEqualTo("null");
  }

  interface Odd {
    @Transactional
    int sum(int... numbers);

    @Transactional
    void fail(Throwable failure);
  }

  static class OddTarget implements Odd {
    @Override
    public int sum(int... numbers) {
      return Arrays.stream(numbers).sum();
    }

    @Override
    public void fail(Throwable failure) {
      OddTarget.<RuntimeException>sneak(failure);
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable failure) throws X {
      throw (X) failure;
    }
  }

  @Test
  void variableArgumentsAndPrimitives() {
    assertThat(handfast.transactional(Odd.class, new OddTarget()).sum(1, 2, 3)).isEqualTo(6);
    assertThat(handfast.transactional(OddTarget.class, new OddTarget()).sum()).isZero();
  }

  @Test
  void aCheckedExceptionThatIsNotDeclared() {
    IOException failure = new IOException("sneaked");

    assertThat(
            catchThrowable(
                () -> handfast.transactional(OddTarget.class, new OddTarget()).fail(failure)))
        .isSameAs(failure);
    assertThat(
            catchThrowable(() -> handfast.transactional(Odd.class, new OddTarget()).fail(failure)))
        .isInstanceOf(UndeclaredThrowableException.class)
        .hasCause(failure);
  }

  static class Job implements Callable<Object> {
    private final Supplier<Object> work;

    Job(Supplier<Object> work) {
      this.work = work;
    }

    @Override
    @Transactional
    public Object call() {
      return work.get();
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void anInterfaceOfTheJdk() throws Exception {
    Callable<Object> proxy = handfast.transactional(Callable.class, new Job(key));

    assertThat(proxy.call()).isNotNull();
  }

  @Test
  void equalityIsThatOfTheTargets() {
    RecordTask one = new RecordTask("one");
    Task proxy = handfast.transactional(Task.class, one);

    assertThat(proxy)
        .isEqualTo(handfast.transactional(Task.class, new RecordTask("one")))
        .isNotEqualTo(handfast.transactional(Task.class, new RecordTask("two")))
        .isNotEqualTo(one)
        .isNotEqualTo(null)
        .hasSameHashCodeAs(one);
    Nested target = new Nested();
    Nested ofClass = handfast.transactional(Nested.class, target);
    assertThat(Set.of(proxy, ofClass)).contains(proxy, ofClass);
    assertThat(ofClass)
        .isEqualTo(handfast.transactional(Nested.class, target))
        .isNotEqualTo(handfast.transactional(Nested.class, new Nested()))
        .hasSameHashCodeAs(target)
        .hasToString(target.toString());
  }

  static class SelfInvoked {
    @Transactional
    Object run(Supplier<Object> work) {
      return work.get();
    }

    Object plain(Supplier<Object> work) {
      return run(work);
    }
  }

  @Test
  void whatAnObjectCallsOnItselfRunsInNoTransaction() {
    SelfInvoked proxy = handfast.transactional(SelfInvoked.class, new SelfInvoked());

    assertThat(proxy.run(key)).isNotNull();
    assertThat(proxy.plain(key)).isNull();
  }

  static class Finalized {
    static int finalized;

    @Transactional
    void run() {}

    @Override
    @Deprecated
    @SuppressWarnings({"removal", "Finalize"})
    protected void finalize() {
      finalized++;
    }
  }

  @Test
  void theFinalizerOfAProxyDoesNothing() throws Exception {
    Finalized target = new Finalized();
    Finalized proxy = handfast.transactional(Finalized.class, target);
    proxy.finalize();

    assertThat(Finalized.finalized).isZero();
    target.run();
  }

  @Test
  void oneGeneratedClassServesAllProxiesOfAClass() {
    assertThat(handfast.transactional(Nested.class, new Nested()))
        .hasSameClassAs(handfast.transactional(Nested.class, new Nested()));
  }
}
