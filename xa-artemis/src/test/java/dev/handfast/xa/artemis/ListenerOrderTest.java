package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.testkit.BrokerProcess;
import dev.handfast.xa.testkit.BrokerQueues;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order a listener's messages are handled. */
class ListenerOrderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int GROUPS = 12;
  private static final int EACH = 25;
  private static BrokerProcess broker;

  @TempDir private Path directory;
  private final String queue = "in-" + UUID.randomUUID();
  private final String answers = "out-" + UUID.randomUUID();
  private final ListenerOptions options =
      ListenerOptions.defaults().deadLetter("dead-" + UUID.randomUUID()).redeliveryLimit(100);
  private BrokerQueues queues;
  private Handfast handfast;
  private ArtemisConnections events;

  @BeforeAll
  static void startBroker(@TempDir Path directory) {
    broker =
        BrokerProcess.builder(directory)
            .journalBufferTimeout(Duration.ofNanos(100_000))
            .deadLetterAddress("DLQ")
            .start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start() {
    if (!broker.isAlive()) {
      broker.restart();
    }
    queues = new BrokerQueues(broker.url());
    ArtemisResource resource = ArtemisResource.named("events").url(broker.url()).build();
    handfast =
        Handfast.builder()
            .nodeName("order-test")
            .logStore(LogStore.file(directory.resolve("log")))
            .recoveryPeriod(Duration.ofMillis(500))
            .resources(resource)
            .start();
    events = handfast.resource(resource);
  }

  @AfterEach
  void stop() {
    handfast.close();
  }

  /** The answers lie on the queue in the order in which they were committed. */
  private void answer(Message message) throws JMSException {
    try (JMSContext context = events.createContext()) {
      context
          .createProducer()
          .send(context.createQueue(answers), ((TextMessage) message).getText());
    }
  }

  private void sendGroups() throws JMSException {
    try (var factory = new ActiveMQConnectionFactory(broker.url());
        JMSContext context = factory.createContext(JMSContext.SESSION_TRANSACTED)) {
      for (int number = 0; number < EACH; number++) {
        for (int group = 0; group < GROUPS; group++) {
          TextMessage message = context.createTextMessage(group + ":" + number);
          message.setStringProperty("JMSXGroupID", "group-" + group);
          context.createProducer().send(context.createQueue(queue), message);
        }
      }
      context.commit();
    }
  }

  private static Map<String, List<Integer>> byGroup(List<String> texts) {
    Map<String, List<Integer>> groups = new HashMap<>();
    for (String text : texts) {
      String[] parts = text.split(":", 2);
      groups.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(Integer.valueOf(parts[1]));
    }
    return groups;
  }

  private void assertEachGroupInOrder() {
    List<Integer> all = IntStream.range(0, EACH).boxed().toList();
    Map<String, List<Integer>> groups = byGroup(queues.drainTexts(answers));
    assertThat(groups).hasSize(GROUPS);
    assertThat(groups.values()).allSatisfy(group -> assertThat(group).isEqualTo(all));
  }

  @Test
  void groupsStayInOrderThroughRollbacks() throws Exception {
    sendGroups();
    Random random = new Random(7);

    try (Listener listener =
        events.listen(
            queue,
            options.concurrency(8).messageGroups().redeliveryDelay(Duration.ofMillis(5)),
            message -> {
              answer(message);
              if (random.nextInt(4) == 0) {
                throw new IllegalStateException("again");
              }
            })) {
      await().atMost(PATIENCE).until(() -> queues.count(answers) == GROUPS * EACH);
      assertThat(listener).isNotNull();
    }

    assertEachGroupInOrder();
  }

  @Test
  void groupsStayInOrderThroughKillsOfTheBroker() throws Exception {
    sendGroups();

    try (Listener listener =
        events.listen(
            queue, options.concurrency(8).messageGroups().prefetchBytes(1 << 20), this::answer)) {
      for (int kills = 1; kills <= 3; kills++) {
        long enough = (long) GROUPS * EACH * kills / 5;
        await().atMost(PATIENCE).until(() -> queues.count(answers) >= enough);
        broker.kill();
        broker.restart();
      }
      await().atMost(PATIENCE).until(() -> queues.count(answers) == GROUPS * EACH);
      assertThat(listener).isNotNull();
    }

    assertEachGroupInOrder();
  }

  @Test
  void higherPriorityOvertakes() throws Exception {
    List<String> handled = new CopyOnWriteArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    queues.send(queue, "first");

    try (Listener listener =
        events.listen(
            queue,
            options,
            message -> {
              handled.add(((TextMessage) message).getText());
              begun.countDown();
              assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
            })) {
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      sendWithPriorities(1, 9, 5);
      go.countDown();
      await().atMost(PATIENCE).until(() -> handled.size() == 4);
      assertThat(listener).isNotNull();
    }

    assertThat(handled).containsExactly("first", "9", "5", "1");
  }

  private void sendWithPriorities(int... priorities) {
    try (var factory = new ActiveMQConnectionFactory(broker.url());
        JMSContext context = factory.createContext()) {
      for (int priority : priorities) {
        context
            .createProducer()
            .setDeliveryMode(DeliveryMode.PERSISTENT)
            .setPriority(priority)
            .send(context.createQueue(queue), Integer.toString(priority));
      }
    }
  }
}
