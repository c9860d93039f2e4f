package dev.handfast.xa.it.error;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.testkit.crash.CrashChild;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/**
 * Transactions over two databases and a broker, by each door and a listener, in which one place of
 * the runtime throws. Orders: {@code POINT NTH SHAPE DOOR ID}, answered with what was thrown, told
 * and left; {@code rows DATABASE}, answered with its rows.
 */
final class DoorErrorMain {

  static final String REQUESTS = "requests";
  static final String EVENTS = "events";
  static final String LISTENER = "LISTENER";
  static final String ROWS = "rows";

  private static final int POOL = 4;

  private static final CrashChild PARENT = CrashChild.attach();
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Handfast handfast;
  private final DataSource orders;
  private final DataSource stock;
  private final ArtemisConnections events;
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  private DoorErrorMain(
      Handfast handfast, JdbcResource orders, JdbcResource stock, ArtemisResource events) {
    this.handfast = handfast;
    this.orders = handfast.resource(orders);
    this.stock = handfast.resource(stock);
    this.events = handfast.resource(events);
  }

  /**
   * @param arguments directory, broker URL
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    JdbcResource orders = database("orders", directory);
    JdbcResource stock = database("stock", directory);
    ArtemisResource events =
        ArtemisResource.named("events").url(arguments[1]).maxSessions(POOL).build();
    Handfast handfast =
        Handfast.builder()
            .nodeName("errors")
            .logStore(LogStore.file(directory.resolve("tx-log")))
            .resources(orders, stock, events)
            .recoveryPeriod(Duration.ofMinutes(10))
            .start();
    new DoorErrorMain(handfast, orders, stock, events).workAsTold();
  }

  private static JdbcResource database(String name, Path directory) {
    return JdbcResource.named(name)
        .url("jdbc:h2:file:" + directory.resolve(name))
        .maxSize(POOL)
        .acquisitionTimeout(Duration.ofSeconds(1))
        .build();
  }

  private void workAsTold() throws Exception {
    for (DataSource database : List.of(orders, stock)) {
      execute(database, "CREATE TABLE IF NOT EXISTS item (id INT PRIMARY KEY)");
    }
    String found = left();
    var options = ListenerOptions.defaults().redeliveryDelay(Duration.ofMillis(1));
    var listener =
        events.listen(REQUESTS, options, request -> listened(request.getBody(String.class)));
    PARENT.answer("started with " + listener.destination() + ", " + found);
    while (true) {
      String[] order = PARENT.next().split(" ", -1);
      if (order[0].equals(ROWS)) {
        PARENT.answer(rows(order[1].equals("orders") ? orders : stock));
      } else {
        PARENT.answer(carryOut(order));
      }
    }
  }

  private String carryOut(String[] order) throws Exception {
    Shape shape = Shape.valueOf(order[2]);
    int id = Integer.parseInt(order[4]);
    DueError.plan(order[0], Integer.parseInt(order[1]));
    String told = order[3].equals(LISTENER) ? request(shape, id) : told(order[3], shape, id);
    boolean thrown = DueError.wasThrown();
    DueError.clear();
    String next = order[3].equals(LISTENER) ? request(Shape.COMMIT, id + 1) : next(order[3], id);
    return (thrown ? "thrown, " : "not thrown, ") + told + ", then " + next + ", " + left();
  }

  private String next(String door, int id) {
    return told(door, Shape.COMMIT, id + 1);
  }

  private String told(String door, Shape shape, int id) {
    return Door.valueOf(door).told(handfast, () -> work(shape, id));
  }

  private void work(Shape shape, int id) throws SQLException {
    insert(orders, id);
    if (shape != Shape.ONE_PHASE) {
      send(EVENTS, id);
      insert(stock, id);
    }
    if (shape == Shape.ROLLBACK) {
      throw new IllegalStateException("The body fails");
    }
  }

  /** Its rows are there once it has committed, at the first delivery or at the second. */
  private String request(Shape shape, int id) {
    if (shape == Shape.ROLLBACK) {
      failing.add(String.valueOf(id));
    }
    send(REQUESTS, id);
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> isDone(id));
      return "committed";
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      return "not committed";
    }
  }

  /** What is decided may need a recovery to be there. */
  private boolean isDone(int id) throws SQLException {
    if (holds(orders, id) && holds(stock, id)) {
      return true;
    }
    handfast.recovery().recover(PATIENCE);
    return false;
  }

  private void listened(String id) throws SQLException {
    work(failing.remove(id) ? Shape.ROLLBACK : Shape.COMMIT, Integer.parseInt(id));
  }

  private void send(String queue, int id) {
    try (JMSContext context = events.createContext()) {
      context.createProducer().send(context.createQueue(queue), String.valueOf(id));
    }
  }

  private static void insert(DataSource database, int id) throws SQLException {
    execute(database, "INSERT INTO item VALUES (" + id + ")");
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  private static boolean holds(DataSource database, int id) throws SQLException {
    return !ids(database, "WHERE id = " + id).isBlank();
  }

  private static String rows(DataSource database) throws SQLException {
    return ids(database, "ORDER BY id");
  }

  private static String ids(DataSource database, String which) throws SQLException {
    StringBuilder ids = new StringBuilder();
    try (Connection c = database.getConnection();
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery("SELECT id FROM item " + which)) {
      while (r.next()) {
        ids.append(r.getInt(1)).append(' ');
      }
    }
    return ids.toString();
  }

  /** Whether all connections can be had at the same time. */
  private String pools() {
    List<Connection> all = new ArrayList<>();
    try {
      for (int i = 0; i < POOL; i++) {
        all.add(orders.getConnection());
        all.add(stock.getConnection());
      }
      for (Connection connection : all) {
        connection.close();
      }
      return "";
    } catch (SQLException e) {
      return " pools: " + e.getMessage() + " after " + all.size();
    }
  }

  /** What is left, once what still ends has ended, after a recovery. */
  private String left() {
    var recovery = handfast.recovery();
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> recovery.status().active() == 0);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      return "active " + recovery.status().active();
    }
    int unresolved = recovery.recover(Duration.ofSeconds(10)).unresolved();
    int inDoubt = recovery.inDoubt(Filter.all()).transactions().size();
    return "left " + unresolved + " " + inDoubt + " " + recovery.status().logged() + pools();
  }
}
