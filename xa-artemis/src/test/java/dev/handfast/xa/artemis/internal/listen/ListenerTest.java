package dev.handfast.xa.artemis.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners under the whole runtime, on a real broker. */
class ListenerTest extends ListenerScenario {

  @Test
  void receivesAndSendsInOneTransaction() {
    queues.send(queue, "one", "two");

    try (Listener listener = events.listen(queue, options, this::answer)) {
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 2);
      assertThat(listener.destination()).isEqualTo(queue);
    }

    assertThat(queues.drainTexts(answers)).containsExactly("re: one", "re: two");
    assertThat(queues.count(queue)).isZero();
  }

  @Test
  void whatTheBodySentIsGoneWhenItThrows() {
    List<Integer> deliveries = new CopyOnWriteArrayList<>();
    queues.send(queue, "one");

    try (Listener listener =
        events.listen(
            queue,
            options,
            message -> {
              answer(message);
              deliveries.add(message.getIntProperty("JMSXDeliveryCount"));
              if (deliveries.size() < 3) {
                throw new IllegalStateException("not yet");
              }
            })) {
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 1);
      assertThat(listener).isNotNull();
    }

    assertThat(deliveries).containsExactly(1, 2, 3);
    assertThat(queues.drainTexts(answers)).containsExactly("re: one");
    assertThat(queues.count(queue)).isZero();
    assertThat(queues.count(dead)).isZero();
  }

  @Test
  void anEmptyQueueCostsNoTransaction() {
    try (Listener listener = events.listen(queue, options.concurrency(2), this::answer)) {
      queues.send(queue, "one");
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 1);
      await()
          .during(Duration.ofMillis(600))
          .atMost(PATIENCE)
          .until(() -> handfast.recovery().status().active() == 0);
      assertThat(listener).isNotNull();
    }
  }

  @Test
  void aTransactionThatTimesOutIsRedelivered() {
    AtomicInteger tries = new AtomicInteger();
    queues.send(queue, "slow");

    try (Listener listener =
        events.listen(
            queue,
            options.transactionTimeout(Duration.ofSeconds(1)),
            message -> {
              if (tries.incrementAndGet() == 1) {
                await().atMost(PATIENCE).until(() -> handfast.recovery().status().active() == 0);
              }
              answer(message);
            })) {
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 1);
      assertThat(listener).isNotNull();
    }
    assertThat(tries).hasValueGreaterThan(1);
    assertThat(queues.count(queue)).isZero();
  }

  @Test
  void refusesWhatCannotWork() {
    assertThatThrownBy(() -> events.listen(queue, options.concurrency(0), this::answer))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("concurrency = 0", "from 1 to 1000", "To solve this");
    assertThatThrownBy(() -> events.listen(dead, options, this::answer))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dead letter");
  }

  @Test
  void takesWhatTheSelectorLetsThrough() {
    try (JMSContext context = events.createContext()) {
      for (String colour : List.of("red", "green", "red")) {
        context
            .createProducer()
            .setProperty("colour", colour)
            .send(context.createQueue(queue), colour);
      }
    }

    try (Listener listener =
        events.listen(queue, options.selector("colour = 'red'"), this::answer)) {
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 2);
      assertThat(listener).isNotNull();
    }

    assertThat(queues.drainTexts(answers)).containsExactly("re: red", "re: red");
    assertThat(queues.drainTexts(queue)).containsExactly("green");
  }

  @Test
  void aSubscriptionCollectsWhileNobodyListens() {
    ListenerOptions subscribed = options.subscription("shipping").concurrency(2);
    events.listen(queue, subscribed, this::answer).close();
    try (JMSContext context = events.createContext()) {
      context.createProducer().send(context.createTopic(queue), "news");
    }

    try (Listener listener = events.listen(queue, subscribed, this::answer)) {
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 1);
      assertThat(listener).isNotNull();
    }

    assertThat(queues.drainTexts(answers)).containsExactly("re: news");
  }

  @Test
  void refusesABrokerThatWouldDropMessages(@TempDir Path other) {
    try (BrokerProcess dropping = BrokerProcess.start(other)) {
      ArtemisResource resource = ArtemisResource.named("dropping").url(dropping.url()).build();
      handfast.close();
      try (Handfast second =
          Handfast.builder()
              .nodeName("listener-test")
              .logStore(LogStore.file(directory.resolve("second")))
              .resources(resource)
              .start()) {
        ArtemisConnections connections = second.resource(resource);

        assertThatThrownBy(() -> connections.listen(queue, options, this::answer))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContainingAll(
                "max-delivery-attempts", "drops", "dead-letter-address", "To solve this");
      }
    }
  }

  @Test
  void runsOnVirtualThreadsWhereThereAreSome() {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    queues.send(queue, "one");

    try (Listener listener =
        events.listen(
            queue, options.virtualThreads(), message -> threads.add(Thread.currentThread()))) {
      await().atMost(PATIENCE).until(() -> threads.size() == 1);
      assertThat(listener).isNotNull();
    }

    boolean virtual = threads.get(0).toString().startsWith("VirtualThread");
    assertThat(virtual).isEqualTo(Runtime.version().feature() >= 21);
  }
}
