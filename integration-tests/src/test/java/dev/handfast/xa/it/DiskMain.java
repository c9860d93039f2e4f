package dev.handfast.xa.it;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.HeuristicOutcomeException;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.StartRefusedException;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.crash.CrashChild;
import jakarta.jms.JMSContext;
import jakarta.transaction.Transactional.TxType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Transactions over two H2 databases and a queue, with the log on a disk that will not hold. */
final class DiskMain {

  private static final CrashChild PARENT = CrashChild.attach();
  private static final int THREADS = 4;
  private static final int LEVELS = 400;

  private final JdbcResource orders;
  private final JdbcResource stock;
  private final ArtemisResource events;
  private final HookResource hook = new HookResource();
  private final String queue;
  private final Handfast handfast;

  private DiskMain(Path ordersFile, Path stockFile, Path log, String broker, String queue) {
    this.orders = database("orders", ordersFile);
    this.stock = database("stock", stockFile);
    this.events =
        ArtemisResource.named("events").url(broker).callTimeout(Duration.ofSeconds(5)).build();
    this.queue = queue;
    this.handfast =
        Handfast.builder()
            .nodeName("it-disk")
            .logStore(LogStore.file(log).allowRamDisk())
            .resources(orders, stock, events, hook)
            .start();
  }

  private static JdbcResource database(String name, Path file) {
    return JdbcResource.named(name)
        .url("jdbc:h2:file:" + file + ";WRITE_DELAY=0")
        .maxSize(LEVELS)
        .build();
  }

  /**
   * @param arguments files of both databases, log directory, broker URL, queue
   */
  public static void main(String[] arguments) throws Exception {
    DiskMain shop;
    try {
      shop =
          new DiskMain(
              Path.of(arguments[0]),
              Path.of(arguments[1]),
              Path.of(arguments[2]),
              arguments[3],
              arguments[4]);
    } catch (StartRefusedException e) {
      PARENT.answer("refused: " + e.getMessage());
      PARENT.next();
      return;
    }
    PARENT.answer("started");
    while (true) {
      String[] order = PARENT.next().split(" ", -1);
      int id = Integer.parseInt(order[1]);
      switch (order[0]) {
        case "one" -> PARENT.answer(shop.one(id, () -> {}));
        case "vote" -> PARENT.answer(shop.one(id, shop::voted));
        case "nest" -> PARENT.answer(shop.nested(id));
        case "load" -> shop.load(id);
        case "table" -> {
          shop.makeTable();
          PARENT.answer("made");
        }
        case "rows" -> PARENT.answer(shop.rows());
        default -> throw new IllegalArgumentException(order[0]);
      }
    }
  }

  private interface Body {
    void run() throws Exception;
  }

  private String one(int id, Runnable betweenTheVotes) {
    return outcome(
        () -> {
          insert(handfast.resource(orders), id);
          insert(handfast.resource(stock), id);
          try (JMSContext context = handfast.resource(events).createContext()) {
            context.createProducer().send(context.createQueue(queue), String.valueOf(id));
          }
          handfast.resource(hook).enlist(betweenTheVotes);
        });
  }

  private String outcome(Body body) {
    try {
      handfast.transaction(TxType.REQUIRES_NEW).timeout(Duration.ofMinutes(5)).run(body::run);
      return "committed";
    } catch (HeuristicOutcomeException e) {
      return "heuristic: " + e.outcome();
    } catch (Exception e) {
      return "refused: " + e.getMessage().lines().findFirst().orElse("");
    }
  }

  /** Of {@code orders}, where the parent cannot reach it. */
  private void makeTable() throws SQLException {
    try (Connection c = handfast.resource(orders).getConnection();
        Statement s = c.createStatement()) {
      s.execute("CREATE TABLE item (id INT PRIMARY KEY)");
    }
  }

  private String rows() throws SQLException {
    List<Integer> ids = new ArrayList<>();
    try (Connection c = handfast.resource(orders).getConnection();
        Statement s = c.createStatement();
        ResultSet rows = s.executeQuery("SELECT id FROM item ORDER BY id")) {
      while (rows.next()) {
        ids.add(rows.getInt(1));
      }
    }
    return ids.toString();
  }

  private static void insert(DataSource database, int id) throws SQLException {
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      s.execute("INSERT INTO item VALUES (" + id + ")");
    }
  }

  private void voted() {
    PARENT.answer("voted");
    try {
      PARENT.next();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * One transaction within the other, until one is refused or all are there; then all end. In turn
   * over either database: H2 takes 255 transactions at a time.
   */
  private String nested(int from) {
    List<String> outcomes = new ArrayList<>();
    nest(from, from + LEVELS - 1, outcomes);
    long committed = outcomes.stream().filter("committed"::equals).count();
    return committed + " of " + outcomes.size() + " " + new TreeSet<>(outcomes);
  }

  private void nest(int id, int last, List<String> outcomes) {
    outcomes.add(
        outcome(
            () -> {
              insert(handfast.resource(id % 2 == 0 ? orders : stock), id);
              handfast.resource(hook).enlist(() -> {});
              if (id < last) {
                nest(id + 1, last, outcomes);
              }
            }));
  }

  /** Each thread goes on until the first transaction that does not commit. */
  private void load(int from) throws InterruptedException {
    AtomicInteger next = new AtomicInteger(from);
    for (int i = 0; i < THREADS; i++) {
      new Thread(() -> commit(next), "load").start();
    }
  }

  private void commit(AtomicInteger next) {
    String outcome;
    do {
      int id = next.getAndIncrement();
      outcome = one(id, () -> {});
      PARENT.answer(id + " " + outcome);
    } while (outcome.equals("committed"));
  }
}
