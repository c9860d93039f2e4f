package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.crash.CrashChild;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;

/** A transaction whose body and whose rollback {@link TimeoutRaceTest} lets meet. */
final class RollbackRaceMain {

  private static final Set<Thread.State> WAITS =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final CrashChild parent = CrashChild.attach();
  private final ManualTransactions transactions = new ManualTransactions();
  private final ResourceManager<DataSource> manager;
  private final ManualTransaction tx;
  private final Connection connection;

  private RollbackRaceMain(String url) throws SQLException {
    manager = new H2Fixture(url).open(transactions, builder -> builder.maxSize(1));
    tx = transactions.begin();
    connection = manager.handle().getConnection();
  }

  /**
   * @param args the database's URL
   */
  public static void main(String[] args) throws Exception {
    var main = new RollbackRaceMain(args[0]);
    main.parent.answer("begun");
    FutureTask<String> first = main.begin(main.parent.next());
    FutureTask<String> second = main.begin(main.parent.next());
    main.parent.answer(second.isDone() ? second.get() : "waits");
    main.parent.answer(first.get());
    main.parent.answer(second.get());
    main.lendAgain();
    main.parent.answer("lent again");
    main.parent.next();
  }

  /** Begins in a thread of its own, and returns when that thread has ended or waits. */
  private FutureTask<String> begin(String what) {
    var task =
        new FutureTask<>(what.equals("work") ? (Callable<String>) this::work : this::rollBack);
    Thread thread = new Thread(task);
    thread.start();
    while (thread.isAlive() && !WAITS.contains(thread.getState())) {
      Thread.onSpinWait();
    }
    return task;
  }

  private String work() {
    transactions.enter(tx);
    for (int id = 1; ; id++) {
      try {
        H2Fixture.execute(connection, "INSERT INTO item VALUES(" + id + ")");
      } catch (SQLException e) {
        return "refused after " + (id - 1);
      }
    }
  }

  private String rollBack() throws Exception {
    tx.rollback();
    return "rolled back";
  }

  private void lendAgain() throws Exception {
    ManualTransaction next = transactions.begin();
    H2Fixture.insert(manager.handle(), 1_000_000);
    next.rollback();
  }
}
