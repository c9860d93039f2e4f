package dev.handfast.xa.it.crash;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.HeuristicOutcomeException;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.testkit.crash.CrashChild;
import dev.handfast.xa.testkit.database.H2Database;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * The application that is killed: it does one transaction after the other as it is told.
 *
 * <ul>
 *   <li>{@code work ID WAY RESOURCE…}: one transaction; answers what the application is told
 *   <li>{@code recover}: answers what is left
 *   <li>{@code audit}: answers what only this process can see: the log and the H2 file
 * </ul>
 */
final class CrashShopMain {

  static final String QUEUE = "events";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Handfast handfast;
  private final H2Database file;
  private final JdbcResource orders;
  private final JdbcResource stock;
  private final ArtemisResource events;

  private CrashShopMain(Path directory, String broker, String postgres, String user) {
    this.file = new H2Database("jdbc:h2:file:" + directory.resolve("orders") + ";WRITE_DELAY=0");
    file.execute("CREATE TABLE IF NOT EXISTS item (id INT PRIMARY KEY)");
    this.orders = JdbcResource.named("orders").url(file.url()).maxSize(2).build();
    this.stock =
        JdbcResource.named("stock").url(postgres).username(user).password(user).maxSize(2).build();
    this.events =
        ArtemisResource.named("events")
            .url(broker)
            .maxSessions(2)
            .callTimeout(Duration.ofSeconds(5))
            .build();
    this.handfast =
        Handfast.builder()
            .nodeName("crash-1")
            .logStore(LogStore.file(directory.resolve("tx-log")))
            .resources(orders, stock, events)
            .recoveryPeriod(Duration.ofMinutes(10))
            .recoveryCallTimeout(PATIENCE)
            .start();
  }

  public static void main(String[] arguments) throws Exception {
    CrashChild child = CrashChild.attach();
    var shop = new CrashShopMain(Path.of(arguments[0]), arguments[1], arguments[2], arguments[3]);
    RecoveryReport startup = shop.handfast.recovery().status().startup();
    child.answer("started " + shop.left(startup) + " " + startup.duration().toMillis());
    while (true) {
      List<String> words = List.of(child.next().split(" ", -1));
      child.answer(
          switch (words.get(0)) {
            case "work" ->
                shop.work(words.get(1), Way.valueOf(words.get(2)), words.subList(3, words.size()));
            case "recover" -> shop.recover();
            case "audit" -> shop.audit();
            default -> throw new IllegalArgumentException(words.toString());
          });
    }
  }

  private String work(String id, Way way, List<String> resources) {
    try {
      handfast.run(
          () -> {
            for (String resource : resources) {
              touch(resource, id);
            }
            if (!way.commits()) {
              throw new IllegalStateException("meant to roll back");
            }
          });
      return "COMMITTED";
    } catch (HeuristicOutcomeException e) {
      return e.outcome().name();
    } catch (Exception e) {
      // A transaction that was not committed was rolled back, be it for the body's own exception.
      return "ROLLED_BACK";
    }
  }

  private void touch(String resource, String id) throws Exception {
    switch (resource) {
      case "orders" -> insert(handfast.resource(orders), id);
      case "stock" -> insert(handfast.resource(stock), id);
      default -> {
        try (JMSContext context = handfast.resource(events).createContext()) {
          context.createProducer().send(context.createQueue(QUEUE), id);
        }
      }
    }
  }

  private static void insert(DataSource database, String id) throws Exception {
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      s.execute("INSERT INTO item VALUES (" + id + ")");
    }
  }

  private String recover() {
    RecoveryReport report = handfast.recovery().recover(PATIENCE);
    return "recovered " + left(report) + " " + report.duration().toMillis();
  }

  private String left(RecoveryReport report) {
    return report.unresolved() + " " + report.unreachable().size();
  }

  private String audit() {
    return "audited "
        + handfast.recovery().status().logged()
        + " "
        + file.preparedBranches().size()
        + " "
        + String.join(",", file.column("SELECT id FROM item ORDER BY id"));
  }
}
