package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
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
import java.util.Locale;
import javax.sql.DataSource;

/** An H2 file database, a PostgreSQL database and a queue of one test's own, and a runtime. */
final class PostgresWorld implements AutoCloseable {

  static final int POOL = 2;
  static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

  private static final String PASSWORD = "s3cret-pw";

  private final Path directory;
  private final BrokerProcess broker;
  private final PostgresServer server;
  private final String name;
  private final JdbcResource orders;
  private final ArtemisResource events;
  private final HookResource hook = new HookResource();
  private JdbcResource stock;
  private String rescuer = "";
  private Handfast handfast;

  PostgresWorld(Path directory, BrokerProcess broker, PostgresServer server, String test)
      throws SQLException {
    this.directory = directory;
    this.broker = broker;
    this.server = server;
    this.name = test.toLowerCase(Locale.ROOT);
    this.orders = JdbcResource.named("orders").url(h2()).maxSize(POOL).build();
    this.events =
        ArtemisResource.named("events")
            .url(broker.url())
            .maxSessions(POOL)
            .callTimeout(Duration.ofSeconds(5))
            .build();
    makeDatabase();
    this.stock = stockBuilder().build();
    try (Connection c = DriverManager.getConnection(h2());
        Statement s = c.createStatement()) {
      s.execute("CREATE TABLE item (id INT PRIMARY KEY)");
    }
  }

  /** The PostgreSQL database, its role and its table, on the server that is there. */
  void makeDatabase() {
    server.createRole(name, PASSWORD);
    server.createDatabase(name, name);
    ownersView().execute("CREATE TABLE item (id INT PRIMARY KEY)");
  }

  private String h2() {
    return "jdbc:h2:file:" + directory.resolve("orders") + ";WRITE_DELAY=0";
  }

  private PostgresDatabase ownersView() {
    return server.database(name).as(name, PASSWORD);
  }

  private JdbcResource.Builder stockBuilder() {
    return JdbcResource.named("stock")
        .url(ownersView().url())
        .username(name)
        .password(PASSWORD)
        .maxSize(POOL);
  }

  void start() {
    handfast =
        Handfast.builder()
            .nodeName("it-pg")
            .logStore(LogStore.file(log()).lockWait(Duration.ZERO))
            .resources(orders, stock, events, hook)
            .recoveryPeriod(Duration.ofMinutes(10))
            .recoveryCallTimeout(CALL_TIMEOUT)
            .start();
  }

  Handfast handfast() {
    return handfast;
  }

  /** What {@link PostgresVoterMain} takes to work as this world does. */
  String[] arguments() {
    return new String[] {
      directory.toString(), broker.url(), ownersView().url(), name, PASSWORD, name
    };
  }

  /** The PostgreSQL database as its administrator sees it. */
  PostgresDatabase admin() {
    return server.database(name);
  }

  Path log() {
    return directory.resolve("tx-log");
  }

  String queue() {
    return name;
  }

  /** The role that owns the PostgreSQL database. */
  String owner() {
    return name;
  }

  /** Recovery logs in to PostgreSQL as a new role without any right, from the next start on. */
  void recoverAs(String suffix) {
    rescuer = name + "_" + suffix;
    server.createRole(rescuer, PASSWORD);
    stock = stockBuilder().recovery(rescuer, PASSWORD).build();
  }

  void grantTheOwnersRole() {
    server.admin().execute("GRANT " + name + " TO " + rescuer);
  }

  void revokeTheOwnersRole() {
    server.admin().execute("REVOKE " + name + " FROM " + rescuer);
  }

  /** Ends the connections of the working user. */
  void cutOffTheOwner() {
    server
        .admin()
        .column(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
                + name
                + "'");
  }

  DataSource orders() {
    return handfast.resource(orders);
  }

  DataSource stock() {
    return handfast.resource(stock);
  }

  void insert(DataSource database, int id) throws SQLException {
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      s.execute("INSERT INTO item VALUES (" + id + ")");
    }
  }

  void send(String text) {
    try (JMSContext context = handfast.resource(events).createContext()) {
      context.createProducer().send(context.createQueue(name), text);
    }
  }

  void hook(Runnable atPrepare) {
    handfast.resource(hook).enlist(atPrepare);
  }

  List<String> rowsOfStock() {
    return server.database(name).column("SELECT id FROM item ORDER BY id");
  }

  List<String> stockInDoubt() {
    return server.database(name).preparedBranches();
  }

  List<String> rowsOfOrders() throws SQLException {
    return h2Column("SELECT id FROM item ORDER BY id");
  }

  private List<String> h2Column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection c = DriverManager.getConnection(h2());
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery(sql)) {
      while (r.next()) {
        values.add(r.getString(1));
      }
    }
    return values;
  }

  /** Takes all messages off the queue, as another client of the broker. */
  List<String> messages() {
    return new BrokerQueues(broker.url()).drainTexts(name);
  }

  void assertNothingInDoubt() throws SQLException {
    assertThat(stockInDoubt()).as("in doubt in PostgreSQL").isEmpty();
    assertThat(h2Column("SELECT TRANSACTION_NAME FROM INFORMATION_SCHEMA.IN_DOUBT"))
        .as("in doubt in H2")
        .isEmpty();
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
    assertThat(handfast.recovery().status().logged()).as("decisions in the log").isZero();
    assertThat(handfast.recovery().status().active()).as("running transactions").isZero();
  }

  @Override
  public void close() {
    handfast.close();
  }
}
