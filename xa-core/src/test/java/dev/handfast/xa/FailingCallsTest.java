package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.simulated.Trouble;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each operation of the log's directory fails once: no outcome is wrong, and the next start works.
 */
final class FailingCallsTest {

  private static final long SEED = 4711;

  @RegisterExtension final Warnings warnings = new Warnings();
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"FAILS_BEFORE", "FAILS_AFTER", "FAILS_HALFWAY"})
  void leavesNoOutcomeWrong(Trouble.Effect effect) throws Exception {
    failEach(SEED, effect);
  }

  @ParameterizedTest
  @Tag("campaign")
  @EnumSource(names = {"FAILS_BEFORE", "FAILS_AFTER", "FAILS_HALFWAY"})
  void leavesNoOutcomeWrongOfMany(Trouble.Effect effect) throws Exception {
    int failures = 0;
    for (int seed = 0; seed < Integer.getInteger("campaign.seeds", 20); seed++) {
      failures += failEach(seed, effect);
    }
    System.out.printf("%d operations failed once: %s%n", failures, effect);
  }

  private int failEach(long seed, Trouble.Effect effect) throws Exception {
    List<String> operations = new ArrayList<>();
    new LossyMachine(seed, directory)
        .runFailing(
            (number, operation) -> {
              operations.add(operation);
              return Trouble.Effect.WORKS;
            });
    for (int index = 0; index < operations.size(); index++) {
      fail(seed, index, effect);
    }
    assertThat(operations).hasSizeGreaterThan(50);
    return operations.size();
  }

  private void fail(long seed, int index, Trouble.Effect effect) throws Exception {
    try {
      new LossyMachine(seed, directory)
          .runFailing((number, operation) -> number == index ? effect : Trouble.Effect.WORKS);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("operation " + index + " of seed " + seed + " " + effect, e);
    } finally {
      warnings.clear();
    }
  }
}
