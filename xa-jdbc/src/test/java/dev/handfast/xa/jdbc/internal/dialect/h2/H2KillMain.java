package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.crash.CrashChild;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;

/** Branches of H2 in a process that {@link H2KillTest} kills. */
final class H2KillMain {

  private final CrashChild parent = CrashChild.attach();
  private final ManualTransactions transactions = new ManualTransactions();
  private final ResourceManager<DataSource> manager;

  private H2KillMain(String url) {
    manager = new H2Fixture(url).open(transactions);
  }

  /**
   * @param args the database's URL, and what is to be done
   */
  public static void main(String[] args) throws Exception {
    var main = new H2KillMain(args[0]);
    switch (args[1]) {
      case "commit" -> main.commit();
      case "vote" -> main.vote(1);
      case "leave-work-undone" -> main.leaveWorkUndone();
      case "commit-beside-a-commit" -> main.commitBesideACommit(new H2Fixture(args[0]));
      case "vote-while-another-commits" -> main.voteWhileAnotherCommits();
      default -> throw new IllegalArgumentException(args[1]);
    }
    main.parent.answer("done");
    main.parent.next();
  }

  private void commit() throws Exception {
    for (int id = 1; id <= 3; id++) {
      vote(id).decide();
    }
  }

  private ManualTransaction vote(int id) throws Exception {
    ManualTransaction tx = transactions.begin();
    H2Fixture.insert(manager.handle(), id);
    tx.vote();
    return tx;
  }

  /** H2 writes the work of all with every commit. */
  private void leaveWorkUndone() throws Exception {
    transactions.begin();
    H2Fixture.insert(manager.handle(), 2);
    vote(3).decide();
  }

  private void commitBesideACommit(H2Fixture db) throws Exception {
    ManualTransaction first = vote(1);
    parent.answer("voted");
    parent.next();
    var commit = inThread(first::decide);
    parent.next();
    db.run("INSERT INTO item VALUES(2)");
    if (commit.isDone()) {
      throw new IllegalStateException("the first was not under way any more");
    }
  }

  private void voteWhileAnotherCommits() throws Exception {
    ManualTransaction first = vote(1);
    parent.answer("voted");
    parent.next();
    var commit = inThread(first::decide);
    parent.next();
    var vote = new FutureTask<>(() -> vote(2));
    Thread voter = new Thread(vote);
    voter.start();
    while (voter.isAlive() && voter.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    parent.answer("voted, or waits");
    commit.get();
    vote.get();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static FutureTask<Boolean> inThread(Work work) {
    var task =
        new FutureTask<>(
            () -> {
              work.run();
              return true;
            });
    new Thread(task).start();
    return task;
  }
}
