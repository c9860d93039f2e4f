package dev.handfast.xa.artemis.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.artemis.Listener;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Listeners that stop, are held back, lose their broker, and go on. */
class ListenerPauseTest extends ListenerScenario {

  @Test
  void closeFinishesWhatRunsAndTakesNoMore() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    queues.send(queue, "one", "two");
    Listener listener =
        events.listen(
            queue,
            options.prefetchBytes(1 << 20),
            message -> {
              begun.countDown();
              assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
              answer(message);
            });
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    Thread closing = new Thread(listener::close);
    closing.start();
    await().atMost(PATIENCE).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    go.countDown();
    closing.join();

    assertThat(queues.drainTexts(answers)).containsExactly("re: one");
    List<Message> left = queues.drain(queue);
    assertThat(left).hasSize(1);
    assertThat(left.get(0).getIntProperty("JMSXDeliveryCount")).isEqualTo(1);
  }

  @Test
  void drainHoldsBackUntilResume() {
    try (Listener listener = events.listen(queue, options, this::answer)) {
      assertThat(handfast.drain(Duration.ofSeconds(5)).isComplete()).isTrue();
      queues.send(queue, "late");

      await()
          .during(Duration.ofMillis(500))
          .atMost(PATIENCE)
          .until(() -> queues.count(queue) == 1 && queues.count(answers) == 0);
      assertThatThrownBy(() -> handfast.run(() -> {})).hasMessageContaining("drained");

      handfast.resume();
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 1);
      assertThat(listener).isNotNull();
    }
  }

  @Test
  void comesBackAfterTheBrokerWasKilled() {
    try (Listener listener = events.listen(queue, options.concurrency(2), this::answer)) {
      queues.send(queue, "before");
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 1);

      broker.kill();
      broker.restart();
      queues.send(queue, "after");

      await().atMost(PATIENCE).until(() -> queues.count(answers) == 2);
      assertThat(listener).isNotNull();
    }
    assertThat(queues.drainTexts(answers)).containsExactly("re: before", "re: after");
  }

  @Test
  void beginsWhenResumedIfItWasMadeWhileDrained() {
    List<Integer> deliveries = new CopyOnWriteArrayList<>();
    assertThat(handfast.drain(Duration.ofSeconds(5)).isComplete()).isTrue();
    try (Listener listener =
        events.listen(
            queue,
            options,
            message -> deliveries.add(message.getIntProperty("JMSXDeliveryCount")))) {
      queues.send(queue, "one");
      handfast.resume();
      await().atMost(PATIENCE).until(() -> deliveries.size() == 1);
      assertThat(listener).isNotNull();
    }
    assertThat(deliveries).containsExactly(1);
  }
}
