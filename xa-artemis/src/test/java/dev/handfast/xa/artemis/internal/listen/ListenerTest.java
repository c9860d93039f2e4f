package dev.handfast.xa.artemis.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.DeadLetter;
import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  void pastTheLimitAMessageGoesToTheDeadLetters() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    queues.send(queue, "poison", "good");

    try (Listener listener =
        events.listen(
            queue,
            options.redeliveryLimit(2),
            message -> {
              if (((TextMessage) message).getText().equals("poison")) {
                tries.incrementAndGet();
                throw new IllegalArgumentException("bad cargo");
              }
              answer(message);
            })) {
      await().atMost(PATIENCE).until(() -> queues.count(dead) + queues.count(answers) == 2);
      assertThat(listener).isNotNull();
    }

    assertThat(tries).hasValue(3);
    assertThat(queues.count(queue)).isZero();
    List<Message> moved = queues.drain(dead);
    assertThat(moved).hasSize(1);
    Message message = moved.get(0);
    assertThat(((TextMessage) message).getText()).isEqualTo("poison");
    assertThat(message.getStringProperty(DeadLetter.EXCEPTION))
        .isEqualTo("java.lang.IllegalArgumentException: bad cargo");
    assertThat(message.getStringProperty(DeadLetter.REASON)).contains("3 deliveries");
    assertThat(message.getStringProperty(DeadLetter.ORIGINAL_DESTINATION)).isEqualTo(queue);
    assertThat(message.getIntProperty(DeadLetter.DELIVERIES)).isEqualTo(3);
    assertThat(message.getStringProperty(DeadLetter.TIME)).endsWith("Z");
    assertThat(message.getStringProperty(DeadLetter.ORIGINAL_MESSAGE_ID)).startsWith("ID:");
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
    await().atMost(PATIENCE).until(() -> closing.getState() == Thread.State.WAITING);
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
  void withoutADeadLetterOfItsOwnTakesTheBrokers() {
    queues.send(queue, "poison");

    try (Listener listener =
        events.listen(
            queue,
            ListenerOptions.defaults().redeliveryLimit(0),
            message -> {
              throw new IllegalStateException("no");
            })) {
      await().atMost(PATIENCE).until(() -> queues.count("DLQ") == 1);
      assertThat(listener).isNotNull();
    }
    assertThat(queues.drainTexts("DLQ")).containsExactly("poison");
  }

  @Test
  void aPoisonMessageCostsThoseBehindItNoDelivery() {
    List<Integer> deliveries = new CopyOnWriteArrayList<>();
    queues.send(queue, "poison", "a", "b", "c", "d");

    try (Listener listener =
        events.listen(
            queue,
            options.redeliveryLimit(3).prefetchBytes(1 << 20),
            message -> {
              if (((TextMessage) message).getText().equals("poison")) {
                throw new IllegalStateException("no");
              }
              deliveries.add(message.getIntProperty("JMSXDeliveryCount"));
            })) {
      await().atMost(PATIENCE).until(() -> deliveries.size() == 4 && queues.count(dead) == 1);
      assertThat(listener).isNotNull();
    }

    assertThat(deliveries).containsOnly(1);
  }

  @Test
  void givesLargeMessagesUpWhole() throws Exception {
    byte[] large = new byte[10 * 1024 * 1024];
    new Random(1).nextBytes(large);
    try (JMSContext context = events.createContext()) {
      context.createProducer().send(context.createQueue(queue), large);
    }

    try (Listener listener =
        events.listen(
            queue,
            options.redeliveryLimit(1),
            message -> {
              assertThat(message.getBody(byte[].class)).isEqualTo(large);
              throw new IllegalStateException("no");
            })) {
      await().atMost(PATIENCE).until(() -> queues.count(dead) == 1);
      assertThat(listener).isNotNull();
    }

    try (JMSContext context = events.createContext();
        JMSConsumer consumer = context.createConsumer(context.createQueue(dead))) {
      Message moved = consumer.receive(PATIENCE.toMillis());
      assertThat(moved.getBody(byte[].class)).isEqualTo(large);
      assertThat(moved.getStringProperty(DeadLetter.EXCEPTION)).contains("no");
    }
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

  private static String line(LogCapture log, String id) {
    await().atMost(PATIENCE).until(() -> log.lines().stream().anyMatch(l -> l.contains(id)));
    return log.lines().stream().filter(l -> l.contains(id)).findFirst().orElseThrow();
  }

  @Test
  void tellsOperatorsOfRedeliveryAndPoison() {
    queues.send(queue, "poison");
    try (LogCapture log = new LogCapture();
        Listener listener =
            events.listen(
                queue,
                options.redeliveryLimit(1),
                message -> {
                  answer(message);
                  throw new IllegalStateException("bad cargo");
                })) {
      String redelivery = line(log, "HANDFAST003023");
      String poison = line(log, "HANDFAST003024");

      assertThat(listener).isNotNull();
      assertThat(redelivery)
          .contains("'" + queue + "'", "message ID:", "delivery 1 of 2", "bad cargo")
          .contains("last done: 'events': send to '" + answers + "'")
          .containsPattern("in transaction [0-9a-f]{60,}");
      assertThat(poison)
          .contains("'" + queue + "'", "message ID:", "delivery 3", "'" + dead + "'", "bad cargo")
          .contains("last done: 'events': send to '" + answers + "'")
          .containsPattern("in transaction [0-9a-f]{60,}");
    }
  }

  @Test
  void tellsOperatorsOfATimeout() {
    queues.send(queue, "slow");
    try (LogCapture log = new LogCapture();
        Listener listener =
            events.listen(
                queue,
                options.transactionTimeout(Duration.ofSeconds(1)),
                message -> {
                  answer(message);
                  if (message.getIntProperty("JMSXDeliveryCount") == 1) {
                    await()
                        .atMost(PATIENCE)
                        .until(() -> handfast.recovery().status().active() == 0);
                  }
                })) {
      assertThat(listener).isNotNull();
      assertThat(line(log, "HANDFAST003023"))
          .contains("'" + queue + "'", "message ID:", "timed out after 1 s")
          .contains("last: 'events': send to '" + answers + "'");
    }
  }

  @Test
  void tellsOperatorsOfAnOutageOnce() {
    try (LogCapture log = new LogCapture();
        Listener listener = events.listen(queue, options.concurrency(4), this::answer)) {
      broker.kill();
      assertThat(line(log, "HANDFAST003021")).contains("'" + queue + "'", broker.url());
      broker.restart();
      assertThat(line(log, "HANDFAST003022")).contains("'" + queue + "'", "is back after");
      queues.send(queue, "after");
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 1);
      assertThat(listener).isNotNull();
    }
  }
}
