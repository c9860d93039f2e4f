package dev.handfast.xa.it.audit;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.testkit.crash.CrashChild;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * A node over two H2 databases that works, recovers, closes and starts as it is told, one word a
 * line; an order is answered when it has ended, and holds up no other word.
 */
final class AuditHangMain {

  private static final CrashChild PARENT = CrashChild.attach();

  private final Path directory;
  private final JdbcResource orders;
  private final JdbcResource stock;
  private Handfast handfast;

  private AuditHangMain(Path directory) {
    this.directory = directory;
    this.orders = JdbcResource.named("orders").url(url("orders")).build();
    this.stock = JdbcResource.named("stock").url(url("stock")).build();
    this.handfast = start();
  }

  private String url(String database) {
    return "jdbc:h2:file:" + directory.resolve(database);
  }

  private Handfast start() {
    return Handfast.builder()
        .nodeName("it-1")
        .logStore(LogStore.file(directory.resolve("tx-log")).lockWait(Duration.ZERO))
        .resources(orders, stock)
        .recoveryPeriod(Duration.ofMinutes(10))
        .recoveryCallTimeout(Duration.ofSeconds(3))
        .start();
  }

  /** Takes the directory. */
  public static void main(String[] arguments) throws Exception {
    AuditHangMain main = new AuditHangMain(Path.of(arguments[0]));
    PARENT.answer("started");
    while (true) {
      String word = PARENT.next();
      if (word.equals("order")) {
        new Thread(() -> PARENT.answer(main.order())).start();
      } else {
        PARENT.answer(main.answer(word));
      }
    }
  }

  private String answer(String word) throws Exception {
    switch (word) {
      case "work" -> work();
      case "recover" -> handfast.recovery().recover(Duration.ZERO);
      case "close" -> handfast.close();
      case "start" -> handfast = start();
      default -> throw new IllegalArgumentException(word);
    }
    return word + (word.equals("close") ? "" : ", in doubt " + inDoubt());
  }

  private int inDoubt() {
    return handfast.recovery().inDoubt(Filter.all()).transactions().size();
  }

  private void work() throws SQLException {
    for (String database : List.of("orders", "stock")) {
      try (Connection c = DriverManager.getConnection(url(database));
          Statement s = c.createStatement()) {
        s.execute("CREATE TABLE item (id INT PRIMARY KEY)");
      }
    }
    handfast.run(
        () -> {
          for (JdbcResource resource : List.of(orders, stock)) {
            try (Connection c = handfast.resource(resource).getConnection();
                Statement s = c.createStatement()) {
              s.execute("INSERT INTO item VALUES (1)");
            }
          }
        });
  }

  private String order() {
    ActionReport report =
        handfast.recovery().commit(Selection.matching(Filter.all(), 1), "seen in the till");
    return report.isRefused()
        ? "refused: " + report.refusal()
        : report.transactions().get(0).outcome() + ": " + report.transactions().get(0).reason();
  }
}
