package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.io.PrintStream;

/** A process that a test kills at a step of the protocol. */
final class VoteCrashMain {

  private VoteCrashMain() {}

  /**
   * @param args the database's URL, and the step
   */
  public static void main(String[] args) throws Exception {
    var transactions = new ManualTransactions();
    var manager = new H2Fixture(args[0]).open(transactions);
    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 1);
    switch (args[1]) {
      case "close-after-vote" -> {
        tx.vote();
        manager.close();
      }
      case "give-back-after-vote" -> {
        tx.vote();
        tx.complete();
      }
      case "exit-after-vote" -> {
        tx.vote();
        manager.close();
        System.exit(7);
      }
      case "commit-in-one-phase" -> {
        tx.branch().resource().end(tx.branch().xid(), javax.transaction.xa.XAResource.TMSUCCESS);
        tx.branch().resource().commit(tx.branch().xid(), true);
      }
      case "hold" -> {}
      default -> throw new IllegalArgumentException(args[1]);
    }
    PrintStream out = System.out;
    out.println("READY " + manager.nativeForm(tx.branch().xid()));
    out.flush();
    Thread.currentThread().join();
  }
}
