package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.recovery.DrainReport;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work is held back, what runs is finished, and it is told what is left. */
final class DrainTest {

  /** The common pool may have one thread alone. */
  private static final Executor OWN_THREAD = task -> new Thread(task).start();

  private static final Duration LONG = Duration.ofSeconds(30);

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
  }

  private void work() {
    handfast.run(
        () -> {
          handfast.resource(orders).work();
          handfast.resource(events).work();
        });
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesNewWorkUntilResumed() {
    DrainReport report = handfast.drain(LONG);

    assertThat(report.isComplete()).isTrue();
    assertThatThrownBy(this::work)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("drained", "resume()");
    handfast.resume();
    work();
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  void waitsForWhatRuns() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            () ->
                handfast.run(
                    () -> {
                      handfast.resource(orders).work();
                      begun.countDown();
                      awaitUninterrupted(go);
                    }),
            OWN_THREAD);
    begun.await();

    CompletableFuture<DrainReport> drained =
        CompletableFuture.supplyAsync(() -> handfast.drain(LONG), OWN_THREAD);
    await().until(this::refuses);
    assertThat(drained).isNotDone();
    go.countDown();

    assertThat(drained.get().isComplete()).isTrue();
    running.get();
    assertThat(orders.committed()).hasSize(1);
  }

  private boolean refuses() {
    try {
      handfast.run(() -> {});
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Test
  void tellsWhatIsStillRunning() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            () ->
                handfast.run(
                    () -> {
                      begun.countDown();
                      awaitUninterrupted(go);
                    }),
            OWN_THREAD);
    begun.await();

    DrainReport report = handfast.drain(Duration.ofMillis(10));
    go.countDown();
    running.get();

    assertThat(report.running()).isEqualTo(1);
    assertThat(report.isComplete()).isFalse();
  }

  @Test
  void tellsWhatIsLeftInDoubt() {
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    work();

    DrainReport report = handfast.drain(Duration.ofMillis(10));

    assertThat(report.running()).isZero();
    assertThat(report.recovery().isComplete()).isFalse();
  }

  @Test
  void isRefusedWithinATransactionAndAfterClose() {
    handfast.run(
        () ->
            assertThatThrownBy(() -> handfast.drain(LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("within a transaction"));
    handfast.close();
    assertThatThrownBy(() -> handfast.drain(LONG)).hasMessageContaining("closed");
    assertThatThrownBy(handfast::resume).hasMessageContaining("closed");
  }
}
