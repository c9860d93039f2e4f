package dev.handfast.xa.jdbc.internal.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.crash.CrashStep;
import java.nio.file.Path;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 answered holds when its process is killed, and nothing else does. */
final class H2KillTest {

  @TempDir private Path directory;
  private H2Fixture db;

  private enum Step implements CrashStep {
    /** A transaction is marked as committed, its rows are not yet. */
    HALF_COMMITTED("METHOD commit\nAFTER INVOKE markUndoLogAsCommitted"),
    /** The number of a branch is free, its entry in the list of prepared ones still there. */
    NUMBER_IS_FREE("METHOD endTransaction\nAT INVOKE org.h2.mvstore.MVMap.remove");

    private final String place;

    Step(String place) {
      this.place = "CLASS org.h2.mvstore.tx.TransactionStore\n" + place;
    }

    @Override
    public String place() {
      return place;
    }
  }

  @BeforeEach
  void setUp() throws Exception {
    db = H2Fixture.in(directory);
  }

  @Test
  void commitsAreFoundWhereTheFileHadRoom() throws Exception {
    // H2's own rule is to use room again after 45 s.
    String settings = ";WRITE_DELAY=0;RETENTION_TIME=0";
    db = new H2Fixture("jdbc:h2:" + directory.resolve("roomy").toAbsolutePath() + settings);
    db.run("CREATE TABLE item(id INT PRIMARY KEY)");

    start("commit");

    assertThat(db.inDoubt()).isEmpty();
    assertThat(db.items()).containsExactly(1, 2, 3);
  }

  @Test
  void aCommitThatWasUnderWayIsFinished() throws Exception {
    try (CrashJvm process = child("commit-beside-a-commit")) {
      assertThat(process.awaitAnswer()).isEqualTo("voted");
      process.stopAt(Step.HALF_COMMITTED, 1);
      process.say("commit");
      process.awaitStop();
      process.say("commit beside it");
      assertThat(process.awaitAnswer()).isEqualTo("done");
    }

    assertThat(db.inDoubt()).isEmpty();
    assertThat(db.items()).containsExactly(1, 2);
  }

  @Test
  void aVoteIsNotTakenForTheBranchThatHadItsNumberBefore() throws Exception {
    try (CrashJvm process = child("vote-while-another-commits")) {
      assertThat(process.awaitAnswer()).isEqualTo("voted");
      process.stopAt(Step.NUMBER_IS_FREE, 1);
      process.say("commit");
      process.awaitStop();
      process.say("vote");
      assertThat(process.awaitAnswer()).isEqualTo("voted, or waits");
      process.goOn();
      assertThat(process.awaitAnswer()).isEqualTo("done");
    }

    assertThat(db.items()).containsExactly(1);
    assertThat(db.inDoubt()).hasSize(1);
    commitAll();
    assertThat(db.items()).containsExactly(1, 2);
  }

  @Test
  void aBranchThatRecoveryFinishedIsNeverInDoubtAgain() throws Exception {
    start("vote");
    commitAll();

    start("leave-work-undone");

    assertThat(db.inDoubt()).isEmpty();
    assertThat(db.items()).containsExactly(1, 3);
  }

  private void start(String what) throws Exception {
    try (CrashJvm process = child(what)) {
      assertThat(process.awaitAnswer()).isEqualTo("done");
    }
  }

  private CrashJvm child(String what) {
    return CrashJvm.of(H2KillMain.class)
        .steps(Step.values())
        .arguments(db.url(), what)
        .start(directory.resolve("child"));
  }

  /** As recovery does: until nothing is left. */
  private void commitAll() throws Exception {
    var manager = db.open(new ManualTransactions());
    var recovery = manager.recoveryResource();
    for (Xid[] left = H2Fixture.list(recovery); left.length > 0; left = H2Fixture.list(recovery)) {
      for (Xid xid : left) {
        recovery.commit(xid, false);
      }
    }
    manager.close();
  }
}
