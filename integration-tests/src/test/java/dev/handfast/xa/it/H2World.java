package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Two H2 file databases, a broker's queue of its own, and a runtime over them. */
final class H2World implements AutoCloseable {

  static final int POOL = 2;

  final Path directory;
  final BrokerProcess broker;
  final String queue;
  final JdbcResource orders;
  final JdbcResource stock;
  final ArtemisResource events;
  final HookResource hook = new HookResource();
  private Handfast handfast;

  H2World(Path directory, BrokerProcess broker, String queue) throws SQLException {
    this(directory, broker, queue, events(broker.url(), Duration.ofSeconds(5)));
  }

  H2World(Path directory, BrokerProcess broker, String queue, ArtemisResource events)
      throws SQLException {
    this.directory = directory;
    this.broker = broker;
    this.queue = queue;
    this.orders = database("orders");
    this.stock = database("stock");
    this.events = events;
    createTable("orders");
    createTable("stock");
    start();
  }

  static ArtemisResource events(String url, Duration callTimeout) {
    return ArtemisResource.named("events")
        .url(url)
        .maxSessions(POOL)
        .callTimeout(callTimeout)
        .build();
  }

  private JdbcResource database(String name) {
    return JdbcResource.named(name)
        .url(url(name))
        .maxSize(POOL)
        .acquisitionTimeout(Duration.ofSeconds(5))
        .build();
  }

  String url(String database) {
    return "jdbc:h2:file:" + directory.resolve(database);
  }

  private void createTable(String database) throws SQLException {
    try (Connection c = DriverManager.getConnection(url(database));
        Statement s = c.createStatement()) {
      s.execute("CREATE TABLE IF NOT EXISTS item (id INT PRIMARY KEY)");
    }
  }

  void start() {
    handfast =
        Handfast.builder()
            .nodeName("it-1")
            .logStore(LogStore.file(directory.resolve("tx-log")).lockWait(Duration.ZERO))
            .resources(orders, stock, events, hook)
            .recoveryPeriod(Duration.ofMinutes(10))
            .start();
  }

  Handfast handfast() {
    return handfast;
  }

  DataSource orders() {
    return handfast.resource(orders);
  }

  DataSource stock() {
    return handfast.resource(stock);
  }

  ArtemisConnections events() {
    return handfast.resource(events);
  }

  void insert(DataSource database, int id) throws SQLException {
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      s.execute("INSERT INTO item VALUES (" + id + ")");
    }
  }

  void send(String text) {
    try (JMSContext context = events().createContext()) {
      context.createProducer().send(context.createQueue(queue), text);
    }
  }

  void hook(Runnable atPrepare) {
    handfast.resource(hook).enlist(atPrepare);
  }

  /** The rows as another connection sees them. */
  List<Integer> rows(String database) throws SQLException {
    List<Integer> ids = new ArrayList<>();
    try (Connection c = DriverManager.getConnection(url(database));
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery("SELECT id FROM item ORDER BY id")) {
      while (r.next()) {
        ids.add(r.getInt(1));
      }
    }
    return ids;
  }

  /** Takes all messages off the queue, as another client of the broker. */
  List<String> messages() {
    return new BrokerQueues(broker.url()).drainTexts(queue);
  }

  void assertNothingInDoubt() throws SQLException {
    for (String database : List.of("orders", "stock")) {
      try (Connection c = DriverManager.getConnection(url(database));
          Statement s = c.createStatement();
          ResultSet r = s.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.IN_DOUBT")) {
        r.next();
        assertThat(r.getInt(1)).as("in doubt in " + database).isZero();
      }
    }
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
    assertThat(handfast.recovery().status().logged()).as("decisions in the log").isZero();
    assertThat(handfast.recovery().status().active()).as("running transactions").isZero();
  }

  /** Every pooled connection and session can be had at the same time, and works. */
  void assertPoolsWhole() throws Exception {
    for (DataSource database : List.of(orders(), stock())) {
      List<Connection> all = new ArrayList<>();
      for (int i = 0; i < POOL; i++) {
        Connection connection = database.getConnection();
        all.add(connection);
        assertThat(connection.getAutoCommit()).isTrue();
        try (Statement s = connection.createStatement()) {
          s.execute("SELECT COUNT(*) FROM item");
        }
      }
      for (Connection connection : all) {
        connection.close();
      }
    }
    sendInParallel();
  }

  private void sendInParallel() throws InterruptedException, ExecutionException {
    CyclicBarrier all = new CyclicBarrier(POOL);
    ExecutorService threads = Executors.newFixedThreadPool(POOL);
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      sent.add(
          threads.submit(
              () -> {
                handfast.run(
                    () -> {
                      send("probe");
                      all.await(10, TimeUnit.SECONDS);
                    });
                return "sent";
              }));
    }
    for (Future<?> one : sent) {
      one.get();
    }
    threads.shutdown();
    assertThat(messages()).containsOnly("probe").hasSize(POOL);
  }

  @Override
  public void close() {
    handfast.close();
  }
}
