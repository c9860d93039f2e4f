package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.crash.CrashStep;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A transaction is rolled back by another thread while its body is inside the pool. What the body
 * gets from the pool then must not take the connection from the next one it is lent to.
 */
final class LendingRaceTest {

  @TempDir private Path directory;

  private enum Step implements CrashStep {
    /** The transaction has its connection, and the pool has not wrapped it yet. */
    ASSOCIATED(Enlistment.class.getName(), "METHOD associate\nAT EXIT"),
    /** The pool has been told to give the transaction its connection again. */
    CHOSEN(Enlistment.class.getName(), "METHOD getTransactionAware\nAT EXIT"),
    /** The pool has seen that the connection is open, and closes it. */
    CLOSING("io.agroal.pool.wrapper.ConnectionWrapper", "METHOD close\nAFTER INVOKE pruneClosed");

    private final String place;

    Step(String type, String place) {
      this.place = "CLASS " + type + "\n" + place;
    }

    @Override
    public String place() {
      return place;
    }
  }

  @ParameterizedTest
  @CsvSource({"ASSOCIATED, 1", "ASSOCIATED, 2", "CHOSEN, 2", "CLOSING, 1"})
  void leavesTheConnectionToItsNextOwner(Step step, int nth) throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    try (CrashJvm process =
        CrashJvm.of(LendingRaceMain.class)
            .steps(Step.values())
            .arguments(db.url())
            .start(directory.resolve("child"))) {
      assertThat(process.awaitAnswer()).isEqualTo("ready");
      process.stopAt(step, nth);
      process.say("work");
      process.awaitStop();

      process.say("roll back and lend");
      assertThat(process.awaitAnswer()).isEqualTo("rolled back");
      process.goOn();
      process.say("await");

      assertThat(process.awaitAnswer()).isEqualTo("body: refused");
      assertThat(process.awaitAnswer()).isEqualTo("next owner: has it");
      assertThat(process.awaitAnswer()).isEqualTo("anybody else: exhausted");
      assertThat(process.awaitAnswer()).isEqualTo("lent again");
    }
    assertThat(db.items()).containsExactly(1, 2);
  }
}
