package dev.handfast.xa.it.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.it.HookResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.testkit.LogCapture;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.database.PostgresServer;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A database that has voted does not answer the commit: the transaction is decided, its message
 * waits in the broker, and comes when the row is there.
 */
final class BrokerWaitsIT {

  private static final Duration OUTAGE = Duration.ofMillis(1500);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);
  private static final String WAITS = "'orders', which has not committed yet";

  /** Who begins the transaction, and in which order it works. */
  enum Way {
    RUN_DATABASE_FIRST,
    RUN_BROKER_FIRST,
    LISTENER
  }

  /** What becomes of the database between its vote and the commit. */
  enum Trouble {
    KILLED {
      @Override
      void begin(PostgresServer server) {
        server.kill();
      }

      @Override
      void end(PostgresServer server) {
        server.restart();
      }
    },
    HANGING {
      @Override
      void begin(PostgresServer server) {
        server.pause();
      }

      @Override
      void end(PostgresServer server) {
        server.resume();
      }
    };

    abstract void begin(PostgresServer server);

    abstract void end(PostgresServer server);
  }

  @TempDir static Path servers;
  private static BrokerProcess broker;
  private static PostgresServer server;
  private static OrderSettings settings;

  /** Of the transaction of each test; the database comes first in its body, then the message. */
  private static long id;

  @TempDir Path directory;
  private JdbcResource orders;
  private ArtemisResource events;
  private final HookResource hook = new HookResource();
  private Handfast handfast;

  @BeforeAll
  static void startServers() {
    broker =
        BrokerProcess.builder(servers.resolve("broker"))
            .deadLetterAddress(OrderSettings.LOST)
            .start();
    server = PostgresServer.start(servers.resolve("postgres"));
    settings = OrderSettings.make(servers, broker, server);
  }

  @AfterAll
  static void stopServers() {
    server.close();
    broker.close();
  }

  @BeforeEach
  void start() {
    id = Part.nextOrdersAndEvents(id);
    orders =
        JdbcResource.named("orders")
            .url(settings.orders() + "?socketTimeout=" + CALL_TIMEOUT.toSeconds())
            .username(OrderSettings.USER)
            .password(OrderSettings.PASSWORD)
            .maxSize(4)
            .build();
    events = ArtemisResource.named("events").url(broker.url()).maxSessions(4).build();
    handfast =
        Handfast.builder()
            .nodeName("waits")
            .logStore(LogStore.file(directory.resolve("tx-log")))
            .resources(orders, events, hook)
            .recoveryPeriod(Duration.ofMillis(500))
            .recoveryCallTimeout(CALL_TIMEOUT)
            .start();
  }

  @AfterEach
  void stop() {
    handfast.close();
  }

  private void insert() throws SQLException {
    try (Connection c = handfast.resource(orders).getConnection();
        Statement s = c.createStatement()) {
      s.execute("INSERT INTO item VALUES (" + id + ")");
    }
  }

  private void send() {
    ArtemisConnections connections = handfast.resource(events);
    try (JMSContext context = connections.createContext()) {
      context.createProducer().send(context.createQueue(OrderSettings.EVENTS), String.valueOf(id));
    }
  }

  /** Returns when the transaction is over for whoever began it. */
  private void transact(Way way, Trouble trouble) throws SQLException {
    Runnable afterTheVotes = () -> trouble.begin(server);
    switch (way) {
      case RUN_DATABASE_FIRST ->
          handfast.run(
              () -> {
                insert();
                send();
                handfast.resource(hook).enlist(afterTheVotes);
              });
      case RUN_BROKER_FIRST ->
          handfast.run(
              () -> {
                send();
                insert();
                handfast.resource(hook).enlist(afterTheVotes);
              });
      case LISTENER -> listenTo(afterTheVotes);
    }
  }

  private void listenTo(Runnable afterTheVotes) {
    try (Listener listener =
        handfast
            .resource(events)
            .listen(
                OrderSettings.REQUESTS,
                ListenerOptions.defaults(),
                message -> {
                  insert();
                  send();
                  handfast.resource(hook).enlist(afterTheVotes);
                })) {
      new BrokerQueues(broker.url()).send(listener.destination(), "1");
      await()
          .atMost(PATIENCE)
          .until(() -> handfast.recovery().status().logged() == 1 && active() == 0);
    }
  }

  private int active() {
    return handfast.recovery().status().active();
  }

  private long messages() {
    return new BrokerQueues(broker.url()).count(OrderSettings.EVENTS);
  }

  private InDoubtTransaction inDoubt() {
    List<InDoubtTransaction> found = handfast.recovery().inDoubt(Filter.all()).transactions();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private void assertWaits() {
    InDoubtTransaction waiting = inDoubt();
    assertThat(waiting.branches())
        .filteredOn(branch -> branch.resource().equals("events"))
        .singleElement()
        .satisfies(
            branch -> {
              assertThat(branch.state()).isEqualTo(InDoubtBranch.State.PREPARED);
              assertThat(branch.waitsFor()).isEqualTo(WAITS);
            });
    assertThat(waiting.needsAttention()).isFalse();
    assertThat(handfast.recovery().status().attention()).isEmpty();
  }

  private void assertNoMessageComes(Duration outage) {
    await()
        .during(outage)
        .atMost(outage.plus(PATIENCE))
        .pollInSameThread()
        .until(() -> messages() == 0);
  }

  /** Whoever reads the message looks for the row at once. */
  private void assertTheMessageComesAfterItsRow() throws InterruptedException {
    try (Readers readers = new Readers(settings)) {
      await().atMost(PATIENCE).until(() -> readers.seen().containsKey(id));
      assertThat(readers.early()).isEmpty();
      assertThat(readers.seen().values()).containsExactly(1);
    }
    await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .untilAsserted(
            () -> {
              assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
              assertThat(server.admin().preparedBranches()).isEmpty();
              assertThat(handfast.recovery().status().logged()).isZero();
            });
    assertThat(new BrokerQueues(broker.url()).count(OrderSettings.REQUESTS)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void theDatabaseIsKilledBetweenVoteAndCommit(Way way) throws Exception {
    away(way, Trouble.KILLED, OUTAGE);
  }

  @ParameterizedTest
  @EnumSource(names = {"RUN_BROKER_FIRST", "LISTENER"})
  void theDatabaseHangsBetweenVoteAndCommit(Way way) throws Exception {
    away(way, Trouble.HANGING, OUTAGE);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("campaign")
  void theDatabaseIsAwayForAMinute(Trouble trouble) throws Exception {
    away(Way.LISTENER, trouble, Duration.ofMinutes(1));
  }

  private void away(Way way, Trouble trouble, Duration outage) throws Exception {
    try (LogCapture log = new LogCapture("dev.handfast.xa.artemis")) {
      transact(way, trouble);
      assertWaits();
      assertNoMessageComes(outage);
      assertWaits();
      assertThat(log.lines())
          .as("nothing is wrong with the broker and its sessions")
          .noneMatch(line -> line.startsWith("WARN"))
          .noneMatch(line -> line.contains("HANDFAST003001"));
    } finally {
      trouble.end(server);
    }
    assertTheMessageComesAfterItsRow();
  }

  @Test
  void anOperatorReleasesTheMessageByForceAlone() throws Exception {
    transact(Way.RUN_BROKER_FIRST, Trouble.KILLED);
    try {
      Selection it = Selection.of(inDoubt().gtrid());

      ActionReport refused = handfast.recovery().commit(it, "the customer waits");
      assertThat(refused.isRefused()).isTrue();
      assertThat(refused.refusal()).contains(WAITS, "order it with force");
      assertThat(messages()).isZero();

      ActionReport forced = handfast.recovery().commit(it.withForce(), "the customer waits");
      assertThat(forced.isRefused()).isFalse();
      assertThat(messages()).isOne();
      assertThat(
              inDoubt().branches().stream()
                  .collect(Collectors.toMap(InDoubtBranch::resource, InDoubtBranch::state)))
          .containsEntry("events", InDoubtBranch.State.FINISHED)
          .containsEntry("orders", InDoubtBranch.State.UNREACHABLE);
    } finally {
      server.restart();
    }
    await().atMost(PATIENCE).until(() -> handfast.recovery().status().logged() == 0);
    assertThat(settings.database(Part.ORDERS).column("SELECT id FROM item"))
        .contains(String.valueOf(id));
    assertThat(new BrokerQueues(broker.url()).drainTexts(OrderSettings.EVENTS))
        .containsExactly(String.valueOf(id));
  }
}
