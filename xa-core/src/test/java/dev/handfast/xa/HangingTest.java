package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedHandle;
import dev.handfast.xa.scripted.ScriptedManager;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transactional.TxType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hangs holds up itself, and neither another transaction nor the close of the runtime. */
@Timeout(60)
final class HangingTest {

  private static final Duration BRIEF = Duration.ofMillis(200);

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private final List<Thread> bodies = new ArrayList<>();
  private Handfast handfast;
  private ScriptedHandle db;
  private ScriptedHandle jms;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders, events);
    db = handfast.resource(orders);
    jms = handfast.resource(events);
  }

  @AfterEach
  void close() throws InterruptedException {
    for (Thread body : bodies) {
      body.join();
    }
    handfast.close();
    await().until(() -> Files.notExists(directory.resolve("log/owner")));
  }

  private void begin(Runnable body) {
    Thread thread = new Thread(body, "body-" + bodies.size());
    bodies.add(thread);
    thread.start();
  }

  /** What the body is told is not asked for here. */
  private void swallow(Body<Exception> body) {
    begin(() -> assertThat(catchThrowable(body::run)).isNotInstanceOf(AssertionError.class));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20})
  void aStuckRollbackStopsNoOtherTimeout(int stuck) throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      CountDownLatch working = new CountDownLatch(stuck);
      CountDownLatch over = new CountDownLatch(1);
      for (int i = 0; i < stuck; i++) {
        orders.then(XaStep.ROLLBACK, Answer.waits(gate));
        swallow(() -> brief().run(() -> workUntil(working, over)));
      }
      working.await();
      gate.awaitReached();

      long begun = System.nanoTime();
      assertThatExceptionOfType(RolledBackException.class)
          .isThrownBy(
              () ->
                  handfast
                      .transaction(TxType.REQUIRED)
                      .timeout(Duration.ofSeconds(1))
                      .run(
                          () -> {
                            jms.work();
                            await().until(() -> !events.rolledBack().isEmpty());
                          }))
          .withMessageContaining("timed out after 1 s");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
      assertThat(events.committed()).isEmpty();
      gate.close();
      over.countDown();
    }
  }

  private Transacted brief() {
    return handfast.transaction(TxType.REQUIRED).timeout(BRIEF);
  }

  private void workUntil(CountDownLatch working, CountDownLatch over) throws InterruptedException {
    db.work();
    working.countDown();
    over.await();
  }

  @Test
  void nothingCommitsThatIsPastItsTimeoutWhenTheVotesAreIn() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      events.then(XaStep.PREPARE, Answer.waits(gate));
      AtomicReference<Throwable> told = new AtomicReference<>();
      begin(() -> told.set(catchThrowable(() -> brief().run(this::workOnBoth))));
      gate.awaitReached();
      long begun = System.nanoTime();
      await().until(() -> System.nanoTime() - begun > BRIEF.toNanos());
      gate.close();
      bodies.get(0).join();

      assertThat(told.get())
          .isInstanceOf(RolledBackException.class)
          .hasMessageContaining("timed out after 200 ms");
      assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
    }
  }

  private void workOnBoth() {
    db.work();
    jms.work();
  }

  /** Where a transaction is held up while the runtime is closed. */
  enum Holder {
    LOCK_BEFORE_COMPLETION,
    BODY,
    END,
    PREPARE,
    COMMIT,
    ONE_PHASE,
    ROLLBACK
  }

  @ParameterizedTest
  @EnumSource
  void theCloseEndsWithinItsBoundAndTellsWhoHoldsItUp(Holder holder) throws Exception {
    Semaphore held = new Semaphore(0);
    try (Answer.Gate gate = new Answer.Gate()) {
      CountDownLatch reached = new CountDownLatch(1);
      hold(holder, held, gate, reached);
      if (holder == Holder.BODY || holder == Holder.LOCK_BEFORE_COMPLETION) {
        reached.await();
      } else {
        gate.awaitReached();
      }

      long begun = System.nanoTime();
      closeWithin(Duration.ofSeconds(1));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1_500));
      assertThat(log.warnings()).anyMatch(line -> line.contains("Thread 'body-0' is"));
      gate.close();
    } finally {
      held.release();
    }
  }

  /** As the shutdown hook does. */
  private void closeWithin(Duration wait) {
    ((HandfastRuntime) handfast).close(wait);
  }

  private void hold(Holder holder, Semaphore held, Answer.Gate gate, CountDownLatch reached) {
    switch (holder) {
      case END -> orders.then(XaStep.END, Answer.waits(gate));
      case PREPARE -> orders.then(XaStep.PREPARE, Answer.waits(gate));
      case COMMIT -> orders.then(XaStep.COMMIT, Answer.waits(gate));
      case ONE_PHASE -> orders.then(XaStep.ONE_PHASE, Answer.waits(gate));
      case ROLLBACK -> orders.then(XaStep.ROLLBACK, Answer.waits(gate));
      case BODY, LOCK_BEFORE_COMPLETION -> {}
    }
    swallow(
        () ->
            handfast.run(
                () -> {
                  db.work();
                  if (holder != Holder.ONE_PHASE) {
                    jms.work();
                  }
                  body(holder, held, reached);
                }));
  }

  private void body(Holder holder, Semaphore held, CountDownLatch reached) {
    switch (holder) {
      case BODY -> {
        reached.countDown();
        locked(held);
      }
      case LOCK_BEFORE_COMPLETION ->
          handfast
              .synchronizationRegistry()
              .registerInterposedSynchronization(new Locking(held, reached));
      case ROLLBACK -> throw new IllegalStateException("own");
      default -> {}
    }
  }

  private static void locked(Semaphore held) {
    held.acquireUninterruptibly();
  }

  private record Locking(Semaphore held, CountDownLatch reached) implements Synchronization {

    @Override
    public void beforeCompletion() {
      reached.countDown();
      locked(held);
    }

    @Override
    public void afterCompletion(int status) {}
  }

  @Test
  void aLockThatIsHeldBeforeCompletionKeepsNoConnection() throws Exception {
    Semaphore held = new Semaphore(0);
    CountDownLatch reached = new CountDownLatch(1);
    try {
      swallow(
          () ->
              brief()
                  .run(
                      () -> {
                        db.work();
                        handfast
                            .synchronizationRegistry()
                            .registerInterposedSynchronization(new Locking(held, reached));
                      }));
      reached.await();
      await().atMost(5, TimeUnit.SECONDS).until(() -> orders.rolledBack().size() == 1);
    } finally {
      held.release();
    }
    assertThat(orders.opened()).extracting(ScriptedManager::closed).containsExactly(0);
  }
}
