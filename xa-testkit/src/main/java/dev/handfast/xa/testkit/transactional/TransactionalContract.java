package dev.handfast.xa.testkit.transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.Transacted;
import dev.handfast.xa.testkit.LogCapture;
import dev.handfast.xa.testkit.transactional.TransactionalCase.Inside;
import dev.handfast.xa.testkit.transactional.TransactionalCase.State;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionRequiredException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.TransactionalException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of the table of docs/transactional.md. Extend it for each way to call an annotated
 * method.
 */
public abstract class TransactionalContract {

  private static final Duration BRIEF = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** For extension. */
  protected TransactionalContract() {}

  /** The annotated methods, called by this way in transactions of the given runtime. */
  protected abstract CaseMethods methods(Handfast handfast) throws Exception;

  /** The class that declares them. */
  protected abstract Class<?> declaring();

  /** Ends what was made for the last runtime, which is closed already or is closed afterwards. */
  protected void end() throws Exception {}

  @TestFactory
  final Stream<DynamicTest> holdsTheTable() {
    return TransactionalCase.all().stream()
        .map(each -> DynamicTest.dynamicTest(each.toString(), () -> hold(each)));
  }

  private void hold(TransactionalCase each) throws Exception {
    try (LogCapture log = new LogCapture("dev.handfast");
        Handfast handfast = Handfast.start(configuration(each))) {
      CaseMethods methods = methods(handfast);
      try {
        if (each.happening() == Happening.CLOSED) {
          handfast.close();
        }
        new Run(each, handfast, methods).check();
      } finally {
        end();
      }
      assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
    }
  }

  private Map<String, String> configuration(TransactionalCase each) {
    Map<String, String> configuration = new HashMap<>();
    configuration.put("handfast.node-name", "table-1");
    configuration.put("handfast.log-store.type", "memory");
    if (each.happening().timesOut() && each.begins()) {
      configuration.put(
          "handfast.transactional.\"" + declaring().getName() + "\".timeout",
          BRIEF.toMillis() + "ms");
    }
    return configuration;
  }

  /** One case, and what came of it. */
  private static final class Run {

    private final TransactionalCase given;
    private final CaseMethods methods;
    private final Handfast handfast;
    private final TransactionSynchronizationRegistry registry;
    private final @Nullable Throwable thrown;
    private @Nullable Object callersKey;
    private Inside inside = Inside.NOT_AT_ALL;
    private volatile State own = State.NONE;
    private State callers = State.NONE;
    private @Nullable Throwable told;

    Run(TransactionalCase given, Handfast handfast, CaseMethods methods) {
      this.given = given;
      this.handfast = handfast;
      this.methods = methods;
      this.registry = handfast.synchronizationRegistry();
      this.thrown = given.happening().thrown();
    }

    void check() {
      if (given.within()) {
        withinTransaction();
      } else {
        call();
      }
      assertThat(registry.getTransactionStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
      assertThat(inside).as("runs in").isEqualTo(given.inside());
      assertTold();
      assertThat(own).as("its own transaction").isEqualTo(given.own());
      assertThat(callers).as("its caller's").isEqualTo(given.callers());
    }

    /** The caller ends its transaction by the same rules. */
    private void withinTransaction() {
      Transacted caller = handfast.transaction(TxType.REQUIRES_NEW);
      boolean timesOut = given.joins() && given.happening().timesOut();
      Transacted timed = timesOut ? caller.timeout(BRIEF) : caller;
      Throwable end = catchThrowable(() -> timed.run(this::callWithin));
      if (callers == State.ACTIVE) {
        assertThat(end).isNull();
      } else {
        assertThat(end).isInstanceOf(RolledBackException.class);
      }
    }

    private void callWithin() {
      callersKey = registry.getTransactionKey();
      call();
      assertThat(registry.getTransactionKey()).isEqualTo(callersKey);
      callers = state(registry.getTransactionStatus());
    }

    private void call() {
      told = catchThrowable(() -> CaseMethods.call(methods, given.type(), this::work));
    }

    private void work() throws Throwable {
      inside = inside();
      assertThat(registry.getTransactionStatus())
          .isEqualTo(inside == Inside.NONE ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE);
      if (inside == Inside.A_NEW_ONE) {
        registry.registerInterposedSynchronization(new End(status -> own = state(status)));
      }
      if (given.happening().marks()) {
        registry.setRollbackOnly();
      }
      if (given.happening().timesOut()) {
        awaitTimeout();
      }
      if (thrown != null) {
        throw thrown;
      }
    }

    private Inside inside() {
      Object key = registry.getTransactionKey();
      if (key == null) {
        return Inside.NONE;
      }
      return key.equals(callersKey) ? Inside.THE_CALLERS : Inside.A_NEW_ONE;
    }

    private void awaitTimeout() throws InterruptedException {
      CountDownLatch over = new CountDownLatch(1);
      registry.registerInterposedSynchronization(new End(status -> over.countDown()));
      assertThat(over.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private record End(IntConsumer told) implements Synchronization {

      @Override
      public void beforeCompletion() {}

      @Override
      public void afterCompletion(int status) {
        told.accept(status);
      }
    }

    private void assertTold() {
      switch (given.told()) {
        case NOTHING -> assertThat(told).isNull();
        case ITS_EXCEPTION -> assertThat(told).isSameAs(thrown).hasNoSuppressedExceptions();
        case ITS_EXCEPTION_AND_OUTCOME -> {
          assertThat(told).isSameAs(thrown);
          assertThat(Arrays.asList(Objects.requireNonNull(told).getSuppressed()))
              .hasOnlyElementsOfType(RolledBackException.class)
              .hasSize(1);
        }
        case ROLLED_BACK -> assertThat(told).isInstanceOf(RolledBackException.class);
        case REQUIRED -> assertTransactional(TransactionRequiredException.class);
        case INVALID -> assertTransactional(InvalidTransactionException.class);
        case CLOSED ->
            assertThat(told)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The runtime is closed");
      }
    }

    private void assertTransactional(Class<? extends Throwable> cause) {
      assertThat(told)
          .isExactlyInstanceOf(TransactionalException.class)
          .hasMessageContaining("To solve this")
          .cause()
          .isExactlyInstanceOf(cause);
    }

    private static State state(int status) {
      return switch (status) {
        case Status.STATUS_ACTIVE -> State.ACTIVE;
        case Status.STATUS_MARKED_ROLLBACK -> State.MARKED;
        case Status.STATUS_COMMITTED -> State.COMMITTED;
        case Status.STATUS_ROLLEDBACK -> State.ROLLED_BACK;
        default -> throw new AssertionError("status " + status);
      };
    }
  }
}
