package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.StartRefusedException;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.process.FreePort;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.transaction.Transactional.TxType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers under the whole runtime. */
class TwoBrokersTest {

  private static BrokerProcess first;
  private static BrokerProcess second;

  @TempDir private Path directory;
  private final String queue = "q-" + UUID.randomUUID();
  private BrokerQueues firstQueues;
  private BrokerQueues secondQueues;
  private Handfast handfast;
  private ArtemisConnections events;
  private ArtemisConnections audit;

  @BeforeAll
  static void startBrokers(@TempDir Path brokers) {
    first = BrokerProcess.start(brokers.resolve("first"));
    second = BrokerProcess.start(brokers.resolve("second"));
  }

  @AfterAll
  static void stopBrokers() {
    first.close();
    second.close();
  }

  @BeforeEach
  void start() {
    firstQueues = new BrokerQueues(first.url());
    secondQueues = new BrokerQueues(second.url());
    ArtemisResource one = resource("events", first.url()).build();
    ArtemisResource two = resource("audit", second.url()).build();
    handfast = builder().resources(one, two).start();
    events = handfast.resource(one);
    audit = handfast.resource(two);
  }

  private static ArtemisResource.Builder resource(String name, String url) {
    return ArtemisResource.named(name)
        .url(url)
        .maxSessions(3)
        .acquisitionTimeout(Duration.ofSeconds(1));
  }

  private Handfast.Builder builder() {
    return Handfast.builder()
        .nodeName("artemis-test")
        .logStore(LogStore.file(directory.resolve("log")))
        .recoveryPeriod(Duration.ofMillis(500));
  }

  @AfterEach
  void close() {
    handfast.close();
    assertThat(firstQueues.preparedBranches()).isEmpty();
    assertThat(secondQueues.preparedBranches()).isEmpty();
  }

  private void send(ArtemisConnections connections, String text) {
    try (JMSContext jms = connections.createContext()) {
      jms.createProducer().send(jms.createQueue(queue), text);
    }
  }

  @Test
  void commitsBothOrNone() throws Exception {
    handfast.run(
        () -> {
          send(events, "a");
          send(audit, "a");
        });
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      send(events, "b");
                      send(audit, "b");
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");

    assertThat(firstQueues.drainTexts(queue)).containsExactly("a");
    assertThat(secondQueues.drainTexts(queue)).containsExactly("a");
  }

  @Test
  void commitsOneAlone() {
    handfast.run(() -> send(events, "a"));

    assertThat(firstQueues.drainTexts(queue)).containsExactly("a");
  }

  @Test
  void whatIsCommittedInOnePhaseSurvivesAKill() {
    for (int i = 0; i < 30; i++) {
      handfast.run(() -> send(audit, "a"));
    }
    second.kill();
    second.restart();

    assertThat(secondQueues.count(queue)).isEqualTo(30);
  }

  @Test
  void suspendsTheOuterTransaction() {
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      send(events, "outer");
                      handfast.transaction(TxType.REQUIRES_NEW).run(() -> send(events, "inner"));
                      handfast.transaction(TxType.NOT_SUPPORTED).run(() -> send(events, "outside"));
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(firstQueues.drainTexts(queue)).containsExactly("inner", "outside");
  }

  @Test
  void sendsNothingAfterTheTimeout() {
    List<JMSRuntimeException> refusals = new ArrayList<>();

    assertThatThrownBy(
            () ->
                handfast
                    .transaction(TxType.REQUIRED)
                    .timeout(Duration.ofSeconds(1))
                    .run(
                        () -> {
                          while (refusals.isEmpty()) {
                            try {
                              send(events, "late");
                            } catch (JMSRuntimeException e) {
                              refusals.add(e);
                            }
                          }
                        }))
        .isInstanceOf(RolledBackException.class);

    assertThat(refusals.get(0)).hasMessageContaining("resource 'events'");
    assertThat(firstQueues.count(queue)).isZero();
    for (int i = 0; i < 5; i++) {
      handfast.run(() -> send(events, "next"));
    }
    assertThat(firstQueues.count(queue)).isEqualTo(5);
  }

  @Test
  void aTimeoutWhileReceivingRollsBackAndFreesTheSession() {
    firstQueues.send(queue, "a");

    assertThatThrownBy(
            () ->
                handfast
                    .transaction(TxType.REQUIRED)
                    .timeout(Duration.ofSeconds(1))
                    .run(
                        () -> {
                          try (JMSContext jms = events.createContext()) {
                            var consumer = jms.createConsumer(jms.createQueue(queue));
                            consumer.receive(5_000);
                            consumer.receive(30_000);
                          }
                        }))
        .isInstanceOf(RuntimeException.class);

    // The broker counts what it has still out on delivery.
    await().untilAsserted(() -> assertThat(firstQueues.drainTexts(queue)).containsExactly("a"));
    for (int i = 0; i < 5; i++) {
      handfast.run(() -> send(audit, "next"));
    }
  }

  @Test
  void aBrokerThatDiesInTheTransactionRollsItBack() {
    AtomicReference<Exception> seen = new AtomicReference<>();
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      send(events, "a");
                      send(audit, "a");
                      second.kill();
                      try {
                        send(audit, "b");
                      } catch (JMSRuntimeException e) {
                        seen.set(e);
                      }
                    }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("audit");
    second.restart();

    assertThat(firstQueues.count(queue)).isZero();
    assertThat(secondQueues.count(queue)).isZero();
    handfast.run(() -> send(audit, "after"));
    assertThat(secondQueues.drainTexts(queue)).containsExactly("after");
  }

  @Test
  void aBrokerThatComesLaterNeedNotBeThereAtStart() {
    handfast.close();
    second.kill();
    ArtemisResource late = resource("audit", second.url()).requiredAtStart(false).build();
    handfast = builder().resources(resource("events", first.url()).build(), late).start();
    second.restart();
    audit = handfast.resource(late);

    handfast.run(() -> send(audit, "a"));

    assertThat(secondQueues.drainTexts(queue)).containsExactly("a");
  }

  @Test
  void aStartWithoutARequiredBrokerIsRefused() {
    handfast.close();
    String nowhere = "tcp://127.0.0.1:" + FreePort.find();

    assertThatThrownBy(() -> builder().resources(resource("events", nowhere).build()).start())
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("events")
        .hasMessageContaining(nowhere)
        .hasMessageContaining("required-at-start=false");
  }

  @Test
  void closingLeavesNoThread() {
    handfast.run(() -> send(events, "a"));
    handfast.close();

    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("ActiveMQ") || name.startsWith("nioEvent")));
  }

  @Test
  void aCheckedExceptionOfJmsArrivesAsItself() {
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      try (var connection = events.createConnection();
                          var session = connection.createSession()) {
                        session.commit();
                      }
                    }))
        .isInstanceOf(JMSException.class)
        .hasMessageContaining("commit is refused in a global transaction");
  }
}
