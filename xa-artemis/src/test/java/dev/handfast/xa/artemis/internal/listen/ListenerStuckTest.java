package dev.handfast.xa.artemis.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.testkit.LogCapture;
import dev.handfast.xa.testkit.crash.CrashJvm;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A body never returns: what is closed waits no longer than it may, and says who holds it up. */
class ListenerStuckTest extends ListenerScenario {

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    never.countDown();
  }

  /** Heeds no interrupt. */
  private void stuck(Message message) {
    begun.countDown();
    boolean done = false;
    while (!done) {
      try {
        done = never.await(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        // it does not listen
      }
    }
  }

  @Test
  void closingTheRuntimeLeavesTheBodyAndGivesItsMessageBack() throws Exception {
    events.listen(queue, options.transactionTimeout(Duration.ofSeconds(1)), this::stuck);
    queues.send(queue, "one");
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    try (LogCapture log = new LogCapture("dev.handfast.xa.artemis")) {
      long begin = System.nanoTime();
      handfast.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
      assertThat(log.lines())
          .filteredOn(line -> line.contains("HANDFAST003029"))
          .singleElement()
          .asString()
          .contains(queue, "left to itself", "ListenerStuckTest.stuck");
    }

    await().atMost(PATIENCE).until(() -> queues.count(queue) == 1);
    assertThat(queues.drainTexts(queue)).containsExactly("one");
  }

  @Test
  void aBodyThatEndsTheProcessDoesNotHoldUpItsEnd() {
    try (CrashJvm child =
        CrashJvm.of(ListenerExitMain.class)
            .arguments(broker.url(), directory.resolve("exit").toString(), queue, dead)
            .start(directory.resolve("child"))) {
      assertThat(child.awaitAnswer()).isEqualTo("listens");
      queues.send(queue, "one");
      assertThat(child.awaitAnswer()).isEqualTo("exits");
      long begin = System.nanoTime();

      assertThat(child.awaitExit()).isEqualTo(3);

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(7));
    }
    await().atMost(PATIENCE).until(() -> queues.count(queue) == 1);
  }
}
