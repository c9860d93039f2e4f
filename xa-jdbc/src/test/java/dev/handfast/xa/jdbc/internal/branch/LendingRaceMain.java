package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.crash.CrashChild;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;

/**
 * A body, its rollback and the next owner of its connection, which {@link LendingRaceTest} lets
 * meet.
 */
final class LendingRaceMain {

  private static final Set<Thread.State> WAITS =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final CrashChild parent = CrashChild.attach();
  private final ManualTransactions transactions = new ManualTransactions();
  private final ResourceManager<DataSource> manager;
  private final ManualTransaction tx;

  private LendingRaceMain(String url) {
    manager =
        new H2Fixture(url)
            .open(
                transactions,
                builder -> builder.maxSize(1).acquisitionTimeout(Duration.ofSeconds(2)));
    tx = transactions.begin();
    transactions.leave();
  }

  /**
   * @param args the database's URL
   */
  public static void main(String[] args) throws Exception {
    new LendingRaceMain(args[0]).run();
  }

  private void run() throws Exception {
    parent.answer("ready");
    parent.next();
    FutureTask<String> body = begin(this::work);
    parent.next();
    tx.rollback();
    FutureTask<Connection> owner = begin(() -> manager.handle().getConnection());
    parent.answer("rolled back");
    parent.next();
    parent.answer("body: " + body.get());
    try (Connection connection = owner.get()) {
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
      parent.answer("next owner: has it");
      parent.answer("anybody else: " + takenBesides());
      H2Fixture.execute(connection, "INSERT INTO item VALUES(2)");
    }
    ManualTransaction next = transactions.begin();
    H2Fixture.insert(manager.handle(), 1_000_000);
    next.rollback();
    parent.answer("lent again");
    parent.next();
  }

  /** Begins in a thread of its own, and returns when that thread has ended or waits. */
  private static <T> FutureTask<T> begin(Callable<T> what) {
    var task = new FutureTask<>(what);
    Thread thread = new Thread(task);
    thread.start();
    while (thread.isAlive() && !WAITS.contains(thread.getState())) {
      Thread.onSpinWait();
    }
    return task;
  }

  private String work() {
    transactions.enter(tx);
    try {
      manager.handle().getConnection().close();
      H2Fixture.insert(manager.handle(), 99);
      return "worked";
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage());
      return message.contains(tx.gtrid()) && message.contains("work is refused")
          ? "refused"
          : message;
    }
  }

  private String takenBesides() throws Exception {
    ManualTransaction other = transactions.begin();
    try {
      H2Fixture.insert(manager.handle(), 100);
      return "has it too";
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage());
      return message.contains("waiting") ? "exhausted" : message;
    } finally {
      other.rollback();
      transactions.leave();
    }
  }
}
