package dev.handfast.xa.artemis.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.artemis.DeadLetter;
import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Messages that a listener gives up. */
class ListenerDeadLetterTest extends ListenerScenario {

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
}
