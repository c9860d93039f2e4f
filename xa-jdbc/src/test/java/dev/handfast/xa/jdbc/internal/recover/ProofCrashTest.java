package dev.handfast.xa.jdbc.internal.recover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.jdbc.fixture.DerbyFixture;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process ends between the vote of its proof and the rollback. */
final class ProofCrashTest {

  @TempDir private Path directory;

  @Test
  void theNextStartRollsBackWhatTheProofLeft() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ProofCrashMain.class.getName(),
                directory.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ProofCrashMain.EXIT);
    DerbyFixture db = DerbyFixture.in(directory);
    assertThat(db.inDoubt()).hasSize(1);

    try (Handfast handfast = ProofCrashMain.start(directory, db.resource())) {
      assertThat(db.inDoubt()).isEmpty();
      assertThat(handfast.recovery().status().inDoubt()).isZero();
    }
    assertThat(db.tables()).containsExactly("ITEM");
    db.shutDown();
  }
}
