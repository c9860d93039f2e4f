package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.HeuristicOutcomeException.Outcome;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two who end one transaction, and who ends it when an error has thrown the one who began to. */
@Timeout(120)
final class EndRacesTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private Handfast handfast;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders, events);
  }

  @AfterEach
  void close() {
    handfast.close();
    await().until(() -> Files.notExists(directory.resolve("log/owner")));
  }

  private void workOnBoth() {
    handfast.resource(orders).work();
    handfast.resource(events).work();
  }

  private Transaction begun() throws Exception {
    handfast.transactionManager().begin();
    return Objects.requireNonNull(handfast.transactionManager().getTransaction());
  }

  private record Calling(Body<Exception> before, Runnable after) implements Synchronization {

    @Override
    public void beforeCompletion() {
      try {
        before.run();
      } catch (Exception e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    @Override
    public void afterCompletion(int status) {
      after.run();
    }
  }

  @Test
  void whatIsCalledBeforeCompletionCannotCommit() {
    AtomicInteger before = new AtomicInteger();
    AtomicInteger after = new AtomicInteger();
    Body<Exception> commit =
        () -> {
          before.incrementAndGet();
          handfast.userTransaction().commit();
        };

    Throwable told =
        catchThrowable(
            () ->
                handfast.run(
                    () -> {
                      workOnBoth();
                      Objects.requireNonNull(handfast.transactionManager().getTransaction())
                          .registerSynchronization(new Calling(commit, after::incrementAndGet));
                    }));

    assertThat(told)
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("cannot commit it");
    assertThat(before).hasValue(1);
    assertThat(after).hasValue(1);
    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
  }

  @Test
  void twoThatCommitCallWhatIsBeforeCompletionOnce() throws Exception {
    AtomicInteger before = new AtomicInteger();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Transaction transaction = begun();
    workOnBoth();
    transaction.registerSynchronization(
        new Calling(
            () -> {
              before.incrementAndGet();
              inside.countDown();
              second.await();
            },
            () -> {}));
    AtomicReference<Throwable> told = new AtomicReference<>();
    Thread other =
        new Thread(
            () -> {
              try {
                inside.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              told.set(catchThrowable(transaction::commit));
            });
    other.start();
    Thread releasing =
        new Thread(
            () -> {
              await().until(() -> other.getState() == Thread.State.TIMED_WAITING);
              second.countDown();
            });
    releasing.start();
    transaction.commit();
    other.join();
    releasing.join();

    assertThat(before).hasValue(1);
    assertThat(told).hasNullValue();
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  void nobodyIsToldOfARollbackWhileAnotherThreadCommits() throws Exception {
    AtomicReference<Throwable> told = new AtomicReference<>();
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.COMMIT, Answer.waits(gate));
      AtomicReference<Thread> committer = new AtomicReference<>();
      Thread body =
          new Thread(
              () ->
                  told.set(
                      catchThrowable(
                          () ->
                              handfast.run(
                                  () -> {
                                    workOnBoth();
                                    committer.set(committing());
                                    gate.awaitReached();
                                    Thread.currentThread().interrupt();
                                  }))));
      body.start();
      body.join();
      gate.close();
      committer.get().join();
    }

    assertThat(told.get()).isInstanceOf(HeuristicOutcomeException.class);
    assertThat(((HeuristicOutcomeException) told.get()).outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(told.get()).hasMessageContaining("another thread is ending it");
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  private Thread committing() throws Exception {
    Transaction transaction =
        Objects.requireNonNull(handfast.transactionManager().getTransaction());
    Thread thread = new Thread(() -> assertThat(catchThrowable(transaction::commit)).isNull());
    thread.start();
    return thread;
  }

  @Test
  void whatWasRegisteredIsCalled() throws Exception {
    for (int round = 0; round < 100; round++) {
      AtomicInteger called = new AtomicInteger();
      Transaction transaction = begun();
      Thread other = new Thread(() -> assertThat(catchThrowable(transaction::rollback)).isNull());
      other.start();
      int registered = 0;
      try {
        while (true) {
          transaction.registerSynchronization(new Calling(() -> {}, called::incrementAndGet));
          registered++;
        }
      } catch (RollbackException | IllegalStateException e) {
        other.join();
      }
      handfast.transactionManager().suspend();

      assertThat(called).hasValue(registered);
    }
  }

  @Test
  void anOwnTransactionWhoseRollbackHangsHoldsUpNoClose() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.ROLLBACK, Answer.waits(gate));
      begun();
      workOnBoth();

      Thread hook = new Thread(() -> closeWithin(Duration.ofSeconds(2)));
      closeWithin(Duration.ofSeconds(2));
      hook.start();
      hook.join();
      assertThat(orders.rolledBack()).isEmpty();
      assertThat(handfast.transactionManager().getTransaction()).isNull();
    }
  }

  /** As the shutdown hook does. */
  private void closeWithin(Duration wait) {
    ((HandfastRuntime) handfast).close(wait);
  }

  @Test
  void aSecondInterruptOfACloseBurnsNoProcessor() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.PREPARE, Answer.waits(gate));
      Thread body = new Thread(() -> handfast.run(this::workOnBoth));
      body.start();
      gate.awaitReached();
      Thread closer = new Thread(() -> closeWithin(Duration.ofSeconds(3)));
      closer.start();
      closer.interrupt();
      await().until(() -> log.warnings().stream().anyMatch(line -> line.contains("001052")));
      closer.interrupt();
      closer.join();

      Thread closing = named("handfast-close");
      long before = ManagementFactory.getThreadMXBean().getThreadCpuTime(closing.getId());
      await().during(Duration.ofSeconds(1)).until(closing::isAlive);
      long after = ManagementFactory.getThreadMXBean().getThreadCpuTime(closing.getId());
      assertThat(Duration.ofNanos(after - before)).isLessThan(Duration.ofMillis(200));
      gate.close();
      body.join();
    }
  }

  private static Thread named(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("InfiniteRecursion") // to the end of the stack
  private static int depth(int frames) {
    try {
      return depth(frames + 1);
    } catch (StackOverflowError e) {
      return frames;
    }
  }

  private static void down(int frames, Runnable work) {
    if (frames == 0) {
      work.run();
    } else {
      down(frames - 1, work);
    }
  }

  @Test
  void anEndNearTheEndOfTheStackLeavesNothing() throws Exception {
    handfast.run(this::workOnBoth);
    List<Throwable> broken = new ArrayList<>();
    Thread thread = new Thread(null, () -> everDeeper(this::commitAt, broken), "deep", 512 * 1024);
    thread.start();
    thread.join();

    assertThat(broken).isEmpty();
    await().until(() -> handfast.recovery().status().active() == 0);
    assertThat(handfast.recovery().recover(Duration.ofSeconds(10)).unresolved())
        .as("%s %s", handfast.recovery().inDoubt(Filter.all()), log.warnings())
        .isZero();
    assertThat(orders.open() + events.open()).isZero();
    assertThat(orders.committed()).containsExactlyInAnyOrderElementsOf(events.committed());
  }

  @Test
  void aBeginNearTheEndOfTheStackLeavesNothing() throws Exception {
    handfast.run(this::workOnBoth);
    List<Throwable> broken = new ArrayList<>();
    Thread thread = new Thread(null, () -> everDeeper(this::beginAt, broken), "deep", 512 * 1024);
    thread.start();
    thread.join();

    assertThat(broken).isEmpty();
    assertThat(handfast.recovery().status().active()).isZero();
    handfast.run(this::workOnBoth);
  }

  /** Either it begins, or the thread is in no transaction. */
  private Throwable beginAt(int frames) {
    try {
      Throwable told = catchThrowable(() -> down(frames, this::begin));
      if (told == null) {
        handfast.userTransaction().rollback();
      }
      assertThat(handfast.transactionManager().getTransaction()).isNull();
      assertThat(MDC.get("handfast.gtrid")).isNull();
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private void begin() {
    try {
      handfast.userTransaction().begin();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void everDeeper(IntFunction<Throwable> work, List<Throwable> broken) {
    int most = 0;
    for (int i = 0; i < 20; i++) {
      most = depth(0);
    }
    for (int frames = most; frames > most - 900; frames -= 9) {
      Throwable error = work.apply(frames);
      if (error != null) {
        broken.add(error);
      }
    }
  }

  /** What is told there is asked elsewhere; here it must be free of the thread and over. */
  private Throwable commitAt(int frames) {
    try {
      Transaction transaction = begun();
      workOnBoth();
      var unused = catchThrowable(() -> down(frames, () -> swallow(transaction)));
      if (handfast.transactionManager().getTransaction() != null) {
        handfast.transactionManager().rollback();
      }
      await().until(() -> isOver(transaction));
      assertThat(MDC.get("handfast.gtrid")).isNull();
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private static void swallow(Transaction transaction) {
    try {
      transaction.commit();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOver(Transaction transaction) throws Exception {
    int status = transaction.getStatus();
    return status == Status.STATUS_COMMITTED
        || status == Status.STATUS_ROLLEDBACK
        || status == Status.STATUS_UNKNOWN;
  }
}
