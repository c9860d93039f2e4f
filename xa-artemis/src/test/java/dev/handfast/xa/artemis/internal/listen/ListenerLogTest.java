package dev.handfast.xa.artemis.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.testkit.LogCapture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What operators read of a listener in the log. */
class ListenerLogTest extends ListenerScenario {

  private static String line(LogCapture log, String id) {
    await().atMost(PATIENCE).until(() -> log.lines().stream().anyMatch(l -> l.contains(id)));
    return log.lines().stream().filter(l -> l.contains(id)).findFirst().orElseThrow();
  }

  @Test
  void tellsOperatorsOfRedeliveryAndPoison() {
    queues.send(queue, "poison");
    try (LogCapture log = new LogCapture("dev.handfast.xa.artemis");
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

  /** What a body says may be what a message said, and so what anybody wrote. */
  @Test
  void tellsWhatABodySaysInOneLine() {
    queues.send(queue, "poison");
    try (LogCapture log = new LogCapture("dev.handfast.xa.artemis");
        Listener listener =
            events.listen(
                queue,
                options.redeliveryLimit(1),
                message -> {
                  throw new IllegalStateException("bad\n2026 ERROR HANDFAST001046 forged\u001b[2J");
                })) {
      assertThat(line(log, "HANDFAST003023"))
          .contains("bad\\n2026 ERROR HANDFAST001046 forged\\u001B[2J");
      assertThat(line(log, "HANDFAST003024"))
          .contains("bad\\n2026 ERROR HANDFAST001046 forged\\u001B[2J");
      assertThat(log.lines()).noneMatch(text -> text.contains("\n2026"));
      assertThat(listener).isNotNull();
    }
  }

  @Test
  void tellsOperatorsOfATimeout() {
    queues.send(queue, "slow");
    try (LogCapture log = new LogCapture("dev.handfast.xa.artemis");
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
    try (LogCapture log = new LogCapture("dev.handfast.xa.artemis");
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
