package dev.handfast.xa.artemis.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.testkit.network.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners end and are held back, whatever their bodies and the network do. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListenerEndTest extends ListenerScenario {

  private static TcpProxy proxy;

  @BeforeAll
  static void startProxy() {
    proxy = TcpProxy.to("localhost", URI.create(broker.url()).getPort()).start();
  }

  @AfterAll
  static void stopProxy() {
    proxy.close();
  }

  @Override
  String url() {
    return "tcp://localhost:" + proxy.port();
  }

  @AfterEach
  void letThrough() {
    proxy.resume();
  }

  @Test
  void bodiesThatCloseTheirListenerDoNotWaitForEachOther() throws Exception {
    AtomicReference<Listener> own = new AtomicReference<>();
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger closed = new AtomicInteger();
    CountDownLatch known = new CountDownLatch(1);
    Listener listener =
        events.listen(
            queue,
            options.concurrency(2),
            message -> {
              both.countDown();
              assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
              assertThat(known.await(30, TimeUnit.SECONDS)).isTrue();
              own.get().close();
              closed.incrementAndGet();
            });
    own.set(listener);
    known.countDown();
    queues.send(queue, "one", "two");
    await().atMost(PATIENCE).until(() -> closed.get() == 2);
  }

  @Test
  void bodiesThatCloseEachOthersListenersDoNotWait() throws Exception {
    AtomicReference<Listener> one = new AtomicReference<>();
    AtomicReference<Listener> other = new AtomicReference<>();
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch known = new CountDownLatch(1);
    AtomicInteger closed = new AtomicInteger();
    one.set(events.listen(queue, options, message -> closeOther(both, known, other, closed)));
    other.set(events.listen(answers, options, message -> closeOther(both, known, one, closed)));
    known.countDown();
    queues.send(queue, "one");
    queues.send(answers, "two");
    await().atMost(PATIENCE).until(() -> closed.get() == 2);
  }

  private static void closeOther(
      CountDownLatch both,
      CountDownLatch known,
      AtomicReference<Listener> other,
      AtomicInteger closed)
      throws InterruptedException {
    both.countDown();
    assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(known.await(30, TimeUnit.SECONDS)).isTrue();
    other.get().close();
    closed.incrementAndGet();
  }

  @Test
  void drainKeepsItsTimeWhenTheNetworkHangs() {
    try (Listener listener = events.listen(queue, options.concurrency(6), this::answer)) {
      queues.send(queue, "1", "2", "3", "4", "5", "6");
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 6);
      proxy.stall();
      long begin = System.nanoTime();
      handfast.drain(Duration.ofSeconds(1));
      proxy.resume();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
      assertThat(listener).isNotNull();
    }
  }

  @Test
  void holdsNothingBackFromOthersWhileDrained() {
    handfast.drain(Duration.ofSeconds(1));
    queues.send(queue, "one", "two");
    try (Listener listener = events.listen(queue, options.prefetchBytes(1 << 20), this::answer)) {
      assertThat(queues.drainTexts(queue)).containsExactly("one", "two");
      assertThat(listener).isNotNull();
    }
  }

  @Test
  void listenAfterCloseIsAnIllegalState() {
    handfast.close();
    assertThatThrownBy(() -> events.listen(queue, options, this::answer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void pausesCostNoMessageAndNoDelivery() {
    List<String> texts = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
    List<Integer> deliveries = new CopyOnWriteArrayList<>();
    try (Listener listener =
        events.listen(
            queue,
            options.concurrency(4).prefetchBytes(2_000),
            message -> {
              deliveries.add(message.getIntProperty("JMSXDeliveryCount"));
              answer(message);
            })) {
      for (int sent = 0; sent < texts.size(); sent += 20) {
        queues.send(queue, texts.subList(sent, sent + 20).toArray(String[]::new));
        assertThat(handfast.drain(PATIENCE).isComplete()).isTrue();
        handfast.resume();
      }
      await().atMost(PATIENCE).until(() -> queues.count(answers) == texts.size());
      assertThat(listener).isNotNull();
    }
    assertThat(deliveries).hasSize(texts.size()).containsOnly(1);
    assertThat(queues.drainTexts(answers))
        .containsExactlyInAnyOrderElementsOf(texts.stream().map("re: "::concat).toList());
    assertThat(queues.count(queue)).isZero();
  }
}
