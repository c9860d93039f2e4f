package dev.handfast.xa.internal.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.handfast.xa.simulated.MemoryDisk;
import dev.handfast.xa.simulated.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit log on a disk that keeps nothing but what was forced. */
final class AuditFileTest {

  private static final Path DIRECTORY = Path.of("/log");
  private static final Path FILE = DIRECTORY.resolve("audit.log");
  private static final Path AWAY = DIRECTORY.resolve("audit.1");
  private static final int LOSSES = 50;

  private final MemoryDisk disk = new MemoryDisk();
  private final AuditFile audit = new AuditFile(disk, DIRECTORY);

  @BeforeEach
  void makeDirectory() throws IOException {
    disk.createDirectory(DIRECTORY);
  }

  private void append(String line, boolean force) throws IOException {
    audit.append(line, force, () -> true);
  }

  private void moveAway() throws IOException {
    disk.rename(FILE, AWAY);
    disk.forceDirectory(DIRECTORY);
  }

  private String left(Path file, int seed) {
    MemoryDisk found = disk.afterPowerLoss(new Random(seed));
    return new String(found.content(file), StandardCharsets.UTF_8);
  }

  @Test
  void keepsAForcedResultOfAFileThatWasMovedAwayInBetween() throws IOException {
    append("order\n", true);
    append("result\n", false);
    moveAway();
    append("", true);

    for (int seed = 0; seed < LOSSES; seed++) {
      assertThat(left(AWAY, seed)).isEqualTo("order\nresult\n");
    }
  }

  @Test
  void keepsTheResultsOnBothSidesOfAMove() throws IOException {
    append("order\n", true);
    append("one\n", false);
    moveAway();
    append("two\n", false);
    append("", true);

    for (int seed = 0; seed < LOSSES; seed++) {
      assertThat(left(AWAY, seed)).isEqualTo("order\none\n");
      assertThat(left(FILE, seed)).isEqualTo("two\n");
    }
  }

  @Test
  void tellsOfAResultThatTheFailedForceOfAnotherOrderMayHaveLost() throws IOException {
    append("result\n", false);
    failNextForce();
    assertThatIOException().isThrownBy(() -> append("order\n", true));

    assertThatIOException().isThrownBy(() -> append("", true));

    append("", true);
  }

  @Test
  void refusesNoOrderForAFileThatWasMovedAway() throws IOException {
    append("result\n", false);
    moveAway();
    failNextForce();
    append("order\n", true);

    assertThatIOException().isThrownBy(() -> append("", true));
    assertThat(left(FILE, 0)).isEqualTo("order\n");
  }

  private void failNextForce() {
    AtomicBoolean failed = new AtomicBoolean();
    disk.trouble(
        (number, operation) ->
            operation.equals("force") && !failed.getAndSet(true)
                ? Trouble.Effect.FAILS_BEFORE
                : Trouble.Effect.WORKS);
  }

  @Test
  void beginsANewLineBehindOneThatACrashCutOff() throws IOException {
    append("ord", true);
    append("order\n", true);

    assertThat(left(FILE, 0)).isEqualTo("ord\norder\n");
  }
}
