package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.testkit.BrokerProcess;
import dev.handfast.xa.testkit.BrokerQueues;
import dev.handfast.xa.testkit.TcpProxy;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listeners end and are held back, whatever their bodies and the network do. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListenerEndTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static BrokerProcess broker;
  private static TcpProxy proxy;

  @TempDir private Path directory;
  private final String queue = "in-" + UUID.randomUUID();
  private final String answers = "out-" + UUID.randomUUID();
  private final ListenerOptions options = ListenerOptions.defaults();
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
    proxy = TcpProxy.to("localhost", URI.create(broker.url()).getPort()).start();
  }

  @AfterAll
  static void stopBroker() {
    proxy.close();
    broker.close();
  }

  @BeforeEach
  void start() {
    queues = new BrokerQueues(broker.url());
    ArtemisResource resource =
        ArtemisResource.named("events").url("tcp://localhost:" + proxy.port()).build();
    handfast =
        Handfast.builder()
            .nodeName("listener-end-test")
            .logStore(LogStore.file(directory.resolve("log")))
            .recoveryPeriod(Duration.ofMillis(500))
            .resources(resource)
            .start();
    events = handfast.resource(resource);
  }

  @AfterEach
  void stop() {
    proxy.resume();
    handfast.close();
  }

  private void answer(Message message) throws Exception {
    try (JMSContext context = events.createContext()) {
      context
          .createProducer()
          .send(context.createQueue(answers), "re: " + ((TextMessage) message).getText());
    }
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
}
