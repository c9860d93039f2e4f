package dev.handfast.xa.it.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every database commit is held for 50 ms, and whoever reads a message looks for its rows at once:
 * in whatever order the body worked, by {@code run} or from a listener, they are there.
 *
 * <p>{@code -Pcampaign -Dcampaign.transactions=N} does that many, while the application, the
 * databases and the broker are killed in turn and started again.
 */
final class CommitOrderIT {

  private static final int EACH = 1_000;
  private static final long TRANSACTIONS = 100_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;
  private BrokerProcess broker;
  private PostgresServer server;
  private OrderSettings settings;
  private CrashJvm application;

  @BeforeEach
  void start() {
    broker =
        BrokerProcess.builder(directory.resolve("broker"))
            .journalBufferTimeout(Duration.ofMillis(1))
            .deadLetterAddress(OrderSettings.LOST)
            .start();
    server =
        PostgresServer.builder(directory.resolve("postgres"))
            .setting("max_connections", "200")
            .start();
    settings = OrderSettings.make(directory, broker, server);
    application =
        CrashJvm.of(OrderMain.class)
            .arguments(settings.arguments())
            .steps(HeldCommit.values())
            .start(directory.resolve("application"));
    awaitStarted();
  }

  @AfterEach
  void stop() {
    application.close();
    server.close();
    broker.close();
  }

  private void awaitStarted() {
    assertThat(application.awaitAnswer(PATIENCE)).startsWith("started");
  }

  private void request(long first) {
    new BrokerQueues(broker.url())
        .send(
            OrderSettings.REQUESTS,
            LongStream.range(first, first + EACH).mapToObj(String::valueOf).toArray(String[]::new));
  }

  private void assertNothingIsLeft() {
    BrokerQueues queues = new BrokerQueues(broker.url());
    assertThat(queues.preparedBranches()).isEmpty();
    assertThat(server.admin().preparedBranches()).isEmpty();
    application.say(OrderMain.STATUS);
    assertThat(application.awaitAnswer()).isEqualTo("logged 0, active 0");
  }

  @Test
  void noMessageComesBeforeItsRows() throws Exception {
    try (Readers readers = new Readers(settings)) {
      request(EACH);
      application.say("0 " + EACH);
      assertThat(application.awaitAnswer(PATIENCE)).as("did not commit").isEqualTo("0");
      await().atMost(PATIENCE).until(() -> readers.seen().size() == 2 * EACH);

      assertThat(readers.early()).isEmpty();
      assertThat(readers.seen()).allSatisfy((id, times) -> assertThat(times).isOne());
    }
    assertThat(new BrokerQueues(broker.url()).count(OrderSettings.LOST)).isZero();
    assertNothingIsLeft();
  }

  @Test
  @Tag("campaign")
  void norDoesOneWhileEverythingIsKilledInTurn() throws Exception {
    long wanted = Long.getLong("campaign.transactions", TRANSACTIONS);
    try (Readers readers = new Readers(settings)) {
      for (int round = 0; readers.seen().size() < wanted; round++) {
        work(readers, round);
        assertThat(readers.early()).isEmpty();
      }
      assertThat(readers.seen()).hasSizeGreaterThanOrEqualTo((int) wanted);
    }
    assertNothingIsLeft();
  }

  private void work(Readers readers, int round) {
    long first = 10L * EACH * round;
    int before = readers.seen().size();
    request(first + EACH);
    application.say(first + " " + EACH);
    await().atMost(PATIENCE).until(() -> readers.seen().size() > before + EACH / 2);
    switch (round % 3) {
      case 0 -> {
        application.restart();
        awaitStarted();
      }
      case 1 -> {
        server.kill();
        server.restart();
        assertThat(application.awaitAnswer(PATIENCE)).isNotEmpty();
      }
      default -> {
        broker.kill();
        broker.restart();
        assertThat(application.awaitAnswer(PATIENCE)).isNotEmpty();
      }
    }
    awaitEverythingRead(readers);
  }

  private void awaitEverythingRead(Readers readers) {
    BrokerQueues queues = new BrokerQueues(broker.url());
    await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .untilAsserted(
            () -> {
              Map<Long, Integer> before = readers.seen();
              assertThat(queues.count(OrderSettings.REQUESTS)).isZero();
              assertThat(queues.preparedBranches()).isEmpty();
              assertThat(server.admin().preparedBranches()).isEmpty();
              assertThat(queues.count(OrderSettings.EVENTS)).isZero();
              assertThat(readers.seen()).isEqualTo(before);
            });
  }
}
