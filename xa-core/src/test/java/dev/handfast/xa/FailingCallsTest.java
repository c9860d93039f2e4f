package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.simulated.Trouble;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each operation of the log's directory fails once: no outcome is wrong, and the next start works.
 */
final class FailingCallsTest {

  private static final long SEED = 4711;
  private static final int EACH_OF_MANY = 16;

  @RegisterExtension final Warnings warnings = new Warnings();
  @TempDir Path directory;

  /** One life in which operations fail. */
  private interface Life {
    int run(LossyMachine machine, Trouble failures) throws Exception;
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILS_BEFORE", "FAILS_AFTER", "FAILS_HALFWAY"})
  void leavesNoOutcomeWrong(Trouble.Effect effect) throws Exception {
    failEach(SEED, effect, LossyMachine::runFailing);
  }

  /** The other effects of the same calls are the campaign's. */
  @Test
  void leavesNoOutcomeWrongWhereTheLogIsMade() throws Exception {
    failEach(SEED, Trouble.Effect.FAILS_BEFORE, LossyMachine::runFailingFirst);
  }

  @ParameterizedTest
  @Tag("campaign")
  @EnumSource(names = {"FAILS_BEFORE", "FAILS_AFTER", "FAILS_HALFWAY"})
  void leavesNoOutcomeWrongOfMany(Trouble.Effect effect) throws Exception {
    int failures = 0;
    for (int seed = 0; seed < Integer.getInteger("campaign.seeds", 20); seed++) {
      failures += failEach(seed, effect, LossyMachine::runFailing);
      failures += failEach(seed, effect, LossyMachine::runFailingFirst);
    }
    System.out.printf("%d operations failed once: %s%n", failures, effect);
  }

  private int failEach(long seed, Trouble.Effect effect, Life life) throws Exception {
    List<String> operations = new ArrayList<>();
    life.run(
        new LossyMachine(seed, directory),
        (number, operation) -> {
          operations.add(operation);
          return Trouble.Effect.WORKS;
        });
    int failures = 0;
    for (int index = 0; index < operations.size(); index++) {
      if (index % EACH_OF_MANY == 0 || !isOneOfMany(operations, index)) {
        fail(seed, index, effect, life);
        failures++;
      }
    }
    assertThat(failures).isGreaterThan(50);
    return failures;
  }

  /** In the middle of many alike, as of those that fill a new file. */
  private static boolean isOneOfMany(List<String> operations, int index) {
    int first = Math.max(0, index - EACH_OF_MANY);
    int last = Math.min(operations.size(), index + EACH_OF_MANY);
    return Set.copyOf(operations.subList(first, last)).size() == 1;
  }

  private void fail(long seed, int index, Trouble.Effect effect, Life life) throws Exception {
    try {
      life.run(
          new LossyMachine(seed, directory),
          (number, operation) -> number == index ? effect : Trouble.Effect.WORKS);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("operation " + index + " of seed " + seed + " " + effect, e);
    } finally {
      warnings.clear();
    }
  }
}
