package dev.handfast.xa.internal.rm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.scripted.LiveThreads;
import dev.handfast.xa.spi.Uninterrupted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RmWorkerTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch answered = new CountDownLatch(1);
  private RmWorker worker = new RmWorker("orders", Duration.ofMillis(50), Platform.system());

  @AfterEach
  void close() {
    answered.countDown();
    worker.close();
  }

  private String hang() throws InterruptedException {
    answered.await();
    return "late";
  }

  private void assertFails(Callable<?> call, String why) {
    XAException error = catchThrowableOfType(XAException.class, () -> worker.call(call));
    assertThat(error).hasMessageContaining("'orders'").hasMessageContaining(why);
    assertThat(error.errorCode).isEqualTo(XAException.XAER_RMFAIL);
  }

  @Test
  void answersOnItsOwnDaemonThread() throws Exception {
    Thread thread = worker.call(Thread::currentThread, LONG);

    assertThat(thread.getName()).isEqualTo("handfast-recovery-orders");
    assertThat(thread.isDaemon()).isTrue();
    assertThat(worker.call(Thread::currentThread, LONG)).isSameAs(thread);
  }

  @Test
  void passesErrorsOn() {
    IOException problem = new IOException("no");

    ExecutionException error =
        catchThrowableOfType(
            ExecutionException.class,
            () ->
                worker.call(
                    () -> {
                      throw problem;
                    },
                    LONG));

    assertThat(error).hasCause(problem);
  }

  @Test
  void givesUpAtTheDeadline() {
    assertFails(this::hang, "did not answer within 50 ms");
  }

  @Test
  void failsFastWhileACallHangs() {
    assertFails(this::hang, "did not answer");
    long begin = System.nanoTime();

    for (int i = 0; i < 1_000; i++) {
      assertFails(() -> "never asked", "has not returned");
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void goesOnOnceTheCallReturns() {
    assertFails(this::hang, "did not answer");

    answered.countDown();

    await().ignoreExceptions().until(() -> worker.call(() -> "here", LONG).equals("here"));
  }

  @Test
  void waitsOnThoughItIsInterrupted() throws Exception {
    Thread.currentThread().interrupt();

    assertThat(worker.call(() -> "answer", LONG)).isEqualTo("answer");

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void neverSharesItsThread() throws Exception {
    worker = new RmWorker("orders", LONG, Platform.system());
    CountDownLatch first = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              try {
                worker.call(
                    () -> {
                      first.countDown();
                      return hang();
                    });
              } catch (XAException | ExecutionException e) {
                throw new IllegalStateException(e);
              }
            });
    other.start();
    first.await();
    Thread second =
        new Thread(
            () -> {
              try {
                assertThat(answered.getCount()).isOne();
                worker.call(
                    () -> {
                      assertThat(answered.getCount()).isZero();
                      return "second";
                    });
              } catch (XAException | ExecutionException e) {
                throw new IllegalStateException(e);
              }
            });
    second.start();
    await().until(() -> second.getState() == Thread.State.TIMED_WAITING);

    answered.countDown();
    other.join();
    second.join();
  }

  /** Whoever asks next has its own deadline, though a check has several. */
  @Test
  void waitsNoLongerThanOneDeadlineForItsTurn() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    Thread check =
        new Thread(
            () -> {
              try {
                worker.call(
                    () -> {
                      first.countDown();
                      return hang();
                    },
                    LONG);
              } catch (XAException | ExecutionException e) {
                throw new IllegalStateException(e);
              }
            });
    check.start();
    first.await();
    Thread.currentThread().interrupt();

    assertFails(() -> "never asked", "was still being asked by others after PT");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(answered.getCount()).as("the check goes on").isOne();
    answered.countDown();
    check.join();
    assertThat(worker.call(() -> "here", LONG)).isEqualTo("here");
  }

  @Test
  void endsItsThread() throws Exception {
    LiveThreads before = LiveThreads.now();
    RmWorker other = new RmWorker("events", LONG, Platform.system());
    assertThat(other.call(() -> "up")).isEqualTo("up");

    other.close();

    await().pollInSameThread().untilAsserted(() -> assertThat(before.added()).isEmpty());
    XAException error = catchThrowableOfType(XAException.class, () -> other.call(() -> "closed"));
    assertThat(error.errorCode).isEqualTo(XAException.XAER_RMFAIL);
    assertThat(error).hasMessageContaining("'events'").hasMessageContaining("closed");
  }

  /** One deadline for all, where one after the other would be as many. */
  @Test
  void waitsForAllThatWereStoppedTogether() throws Exception {
    Duration deadline = Duration.ofMillis(500);
    List<RmWorker> workers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      RmWorker hanging = new RmWorker("hanging-" + i, deadline, Platform.system());
      assertThatThrownBy(() -> hanging.call(this::hangOn, Duration.ofMillis(1)))
          .isInstanceOf(XAException.class);
      workers.add(hanging);
    }

    long start = System.nanoTime();
    workers.forEach(RmWorker::stop);
    workers.forEach(RmWorker::close);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(deadline)
        .isLessThan(deadline.multipliedBy(workers.size()));
  }

  /** An interrupt closes a file channel for everybody, as an embedded database's. */
  @Test
  void doesNotInterruptACallWithinItsDeadline(@TempDir Path directory) throws Exception {
    RmWorker asking = new RmWorker("orders", LONG, Platform.system());
    CountDownLatch asked = new CountDownLatch(1);
    try (FileChannel file = FileChannel.open(Files.createFile(directory.resolve("database")))) {
      FutureTask<Long> call =
          new FutureTask<>(
              () ->
                  asking.call(
                      () -> {
                        asked.countDown();
                        Uninterrupted.await(this::hang);
                        return file.size();
                      }));
      new Thread(call).start();
      asked.await();
      asking.stop();
      Thread closing = new Thread(asking::close);
      closing.start();
      await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

      answered.countDown();

      assertThat(call.get()).isZero();
      closing.join();
      assertThat(file.isOpen()).isTrue();
    }
  }

  @Test
  void interruptsACallThatHangsPastTheDeadline() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    assertFails(
        () -> {
          try {
            return hang();
          } finally {
            interrupted.countDown();
          }
        },
        "did not answer");

    worker.close();

    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(answered.getCount()).isOne();
  }

  @Test
  void leavesACallAloneThatTheClosingThreadHasGivenUp() throws Exception {
    FutureTask<String> check = new FutureTask<>(this::hang);
    var unused =
        worker.begin(
            () -> {
              check.run();
              return "";
            });

    worker.close();
    answered.countDown();

    assertThat(check.get(10, TimeUnit.SECONDS)).isEqualTo("late");
  }

  private String hangOn() {
    while (answered.getCount() > 0) {
      try {
        answered.await();
      } catch (InterruptedException e) {
        // As a driver that takes no notice of it.
      }
    }
    return "late";
  }
}
