package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Body;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.HeuristicOutcomeException;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import dev.handfast.xa.testkit.network.TcpProxy;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A broker and a PostgreSQL server, each behind a network of its own, and a runtime. */
final class NetworkWorld implements AutoCloseable {

  /** Of one call, to either. */
  static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** What the application is told. */
  enum Told {
    COMMITTED,
    ROLLED_BACK,
    UNKNOWN
  }

  private static final String NAME = "network";
  private static final String IN = "network-in";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final BrokerProcess broker;
  final TcpProxy toBroker;
  final TcpProxy toDatabase;
  private final PostgresServer server;
  private final PostgresDatabase database;
  private final JdbcResource orders;
  private final ArtemisResource events;
  private final HookResource hook = new HookResource();
  private final Handfast handfast;

  NetworkWorld(Path directory) {
    this.broker = BrokerProcess.start(directory.resolve("broker"));
    this.server = PostgresServer.start(directory.resolve("postgres"));
    this.toBroker = TcpProxy.to("127.0.0.1", URI.create(broker.url()).getPort()).start();
    this.toDatabase = TcpProxy.to("127.0.0.1", server.port()).start();
    server.createRole(NAME, NAME);
    server.createDatabase(NAME, NAME);
    this.database = server.database(NAME).as(NAME, NAME);
    database.execute("CREATE TABLE item (id INT PRIMARY KEY)");
    this.orders =
        JdbcResource.named("orders").url(url()).username(NAME).password(NAME).maxSize(2).build();
    this.events =
        ArtemisResource.named("events")
            .url("tcp://127.0.0.1:" + toBroker.port())
            .maxSessions(2)
            .callTimeout(TIMEOUT)
            .build();
    this.handfast =
        Handfast.builder()
            .nodeName("it-net")
            .logStore(LogStore.file(directory.resolve("tx-log")))
            .resources(orders, events, hook)
            .recoveryPeriod(Duration.ofMillis(500))
            .recoveryCallTimeout(TIMEOUT)
            .start();
  }

  private String url() {
    long seconds = TIMEOUT.toSeconds();
    return database.url().replace(":" + server.port() + "/", ":" + toDatabase.port() + "/")
        + (database.url().contains("?") ? "&" : "?")
        + "connectTimeout="
        + seconds
        + "&socketTimeout="
        + seconds;
  }

  /** Inserts a row and sends a message with its id, and does something in between. */
  Told book(int id, Moment moment, Runnable fault) {
    return told(
        () -> {
          if (moment == Moment.PREPARE) {
            handfast.resource(hook).enlist(fault);
          }
          insert(id);
          send(id);
          if (moment == Moment.BODY) {
            fault.run();
            insert(id + 1);
            send(id + 1);
          } else if (moment == Moment.COMMIT) {
            handfast.resource(hook).enlist(fault);
          } else if (moment == Moment.ROLLBACK) {
            handfast.resource(hook).enlist(() -> refuseAfter(fault));
          }
        });
  }

  private static void refuseAfter(Runnable fault) {
    fault.run();
    throw new IllegalStateException("votes for a rollback");
  }

  /** When the network is cut. */
  enum Moment {
    /** With work done before and after. */
    BODY,
    /** Before the broker and the database vote. */
    PREPARE,
    /** After they have voted, and all others too. */
    COMMIT,
    /** After they have voted, and another votes for a rollback. */
    ROLLBACK
  }

  /** Receives a message, inserts a row and sends on, and does something before the end. */
  Told forward(int id, Runnable fault) {
    new BrokerQueues(broker.url()).send(IN, Integer.toString(id));
    return told(
        () -> {
          try (JMSContext jms = handfast.resource(events).createContext();
              JMSConsumer in = jms.createConsumer(jms.createQueue(IN))) {
            in.receive(PATIENCE.toMillis());
          }
          insert(id);
          send(id);
          fault.run();
        });
  }

  /** Sends a message and nothing else, and does something before the end. */
  Told sendInTransaction(int id, Runnable fault) {
    return told(
        () -> {
          send(id);
          fault.run();
        });
  }

  private Told told(Body<Exception> body) {
    try {
      handfast.run(body);
      return Told.COMMITTED;
    } catch (HeuristicOutcomeException e) {
      return Told.UNKNOWN;
    } catch (Exception e) {
      return Told.ROLLED_BACK;
    }
  }

  /** Waits until the broker has taken back what was received, and takes it. */
  List<String> returned() {
    BrokerQueues queues = new BrokerQueues(broker.url());
    List<String> all = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .until(() -> all.addAll(queues.drainTexts(IN)) && queues.count(IN) == 0);
    return all;
  }

  /** Sends a durable message outside any transaction; answers whether the send returned. */
  boolean sendAlone(int id) {
    assertThat(handfast.recovery().status().active()).isZero();
    try {
      send(id);
      return true;
    } catch (JMSRuntimeException e) {
      return false;
    }
  }

  private void insert(int id) throws Exception {
    try (Connection c = handfast.resource(orders).getConnection();
        Statement s = c.createStatement()) {
      s.execute("INSERT INTO item VALUES (" + id + ")");
    }
  }

  private void send(int id) {
    try (JMSContext jms = handfast.resource(events).createContext()) {
      jms.createProducer().send(jms.createQueue(NAME), Integer.toString(id));
    }
  }

  /** Waits until transactions work again, three in a row. */
  void awaitWork(int firstId) {
    for (int i = 0; i < 3; i++) {
      int id = firstId + i;
      await()
          .atMost(PATIENCE)
          .pollInSameThread()
          .until(() -> book(id, Moment.COMMIT, () -> {}) == Told.COMMITTED);
    }
  }

  /** Waits until nothing is in doubt anywhere, as others than Handfast see it. */
  void awaitResolved() {
    await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .untilAsserted(
            () -> {
              assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
              assertThat(server.database(NAME).preparedBranches()).isEmpty();
              assertThat(handfast.recovery().status().logged()).isZero();
              assertThat(handfast.recovery().status().active()).isZero();
            });
  }

  /** The ids in the database, in order. */
  List<String> rows() {
    return database.column("SELECT id FROM item ORDER BY id");
  }

  /**
   * The ids on the queue from the given one on, in order; one that was sent twice is there twice.
   * All are taken off. A send outside a transaction that was held back may come after its time.
   */
  List<String> messages(int from) {
    return new BrokerQueues(broker.url())
        .drainTexts(NAME).stream()
            .map(Integer::valueOf)
            .filter(id -> id >= from)
            .sorted()
            .map(String::valueOf)
            .toList();
  }

  /** Forgets what was booked. */
  void clear() {
    database.execute("DELETE FROM item");
  }

  @Override
  public void close() {
    handfast.close();
    toBroker.close();
    toDatabase.close();
    server.close();
    broker.close();
  }
}
