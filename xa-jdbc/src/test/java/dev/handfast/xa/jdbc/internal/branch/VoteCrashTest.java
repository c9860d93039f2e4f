package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes, really killed. */
final class VoteCrashTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"close-after-vote", "give-back-after-vote"})
  void aVoteSurvivesTheCloseOfThePoolAndThenTheKill(String step) throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    Process process = start(db, step);
    String name = ready(process);
    kill(process);

    assertThat(db.inDoubt()).containsExactly(name);
    assertThat(db.items()).isEmpty();
    commitAll(db);
    assertThat(db.items()).containsExactly(1);
  }

  @Test
  void aVoteSurvivesTheOrderlyEndOfTheProcess() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    Process process = start(db, "exit-after-vote");

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).isEqualTo(7);
    assertThat(db.inDoubt()).hasSize(1);
    commitAll(db);
    assertThat(db.items()).containsExactly(1);
  }

  @Test
  void aCommitInOnePhaseSurvivesTheKill() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    Process process = start(db, "commit-in-one-phase");
    ready(process);

    kill(process);

    assertThat(db.items()).containsExactly(1);
    assertThat(db.inDoubt()).isEmpty();
  }

  @Test
  void aDatabaseInUseByAnotherProcessIsUnavailable() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    Process process = start(db, "hold");
    ready(process);
    var manager = db.open(new ManualTransactions());

    assertThatThrownBy(manager::preflight)
        .isInstanceOf(ResourceUnavailableException.class)
        .hasMessageContaining("'orders'")
        .hasMessageContaining("may be already in use");

    kill(process);
    assertThat(manager.preflight()).isEmpty();
    manager.close();
    assertThat(db.items()).isEmpty();
  }

  private static void commitAll(H2Fixture db) throws Exception {
    var manager = db.open(new ManualTransactions());
    for (Xid xid : H2Fixture.list(manager.recoveryResource())) {
      manager.recoveryResource().commit(xid, false);
    }
    manager.close();
  }

  private static Process start(H2Fixture db, String step) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            VoteCrashMain.class.getName(),
            db.url(),
            step)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String ready(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    assertThat(line).startsWith("READY ");
    return line.substring("READY ".length());
  }

  private static void kill(Process process) throws InterruptedException {
    process.toHandle().destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }
}
