package dev.handfast.xa.artemis.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;

/** In which order a listener's messages are handled. */
class ListenerOrderTest extends ListenerScenario {

  private static final int GROUPS = 12;
  private static final int EACH = 25;

  private final ListenerOptions patient = options.redeliveryLimit(100);

  /** The answers lie on the queue in the order in which they were committed. */
  @Override
  void answer(Message message) throws JMSException {
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
            patient.concurrency(8).messageGroups().redeliveryDelay(Duration.ofMillis(5)),
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
            queue, patient.concurrency(8).messageGroups().prefetchBytes(1 << 20), this::answer)) {
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
            patient,
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
