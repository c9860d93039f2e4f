package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.simulated.Trouble;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each operation of the log's directory fails once: no outcome is wrong, and the next start works.
 */
final class FailingCallsTest {

  private static final long SEED = 3;

  /** A start reads every page and writes it into a new file; one of these many is tried. */
  private static final int PAGES = 64;

  private static final Set<String> OF_PAGES = Set.of("readAt", "write");

  @RegisterExtension final Warnings warnings = new Warnings();
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"FAILS_BEFORE", "FAILS_AFTER", "FAILS_HALFWAY"})
  void leavesNoOutcomeWrong(Trouble.Effect effect) throws Exception {
    failEach(SEED, effect, PAGES);
  }

  @ParameterizedTest
  @Tag("campaign")
  @EnumSource(names = {"FAILS_BEFORE", "FAILS_AFTER", "FAILS_HALFWAY"})
  void leavesNoOutcomeWrongAtAnyPage(Trouble.Effect effect) throws Exception {
    int failures = 0;
    for (int seed = 0; seed < Integer.getInteger("campaign.seeds", 5); seed++) {
      failures += failEach(seed, effect, 1);
    }
    System.out.printf("%d operations failed once: %s%n", failures, effect);
  }

  private int failEach(long seed, Trouble.Effect effect, int pages) throws Exception {
    List<String> operations = new ArrayList<>();
    new LossyMachine(seed, directory)
        .runFailing(
            (number, operation) -> {
              operations.add(operation);
              return Trouble.Effect.WORKS;
            });
    int failures = 0;
    for (int index = 0; index < operations.size(); index++) {
      if (!OF_PAGES.contains(operations.get(index)) || index % pages == 0) {
        fail(seed, index, effect);
        failures++;
      }
    }
    assertThat(failures).isGreaterThan(100);
    return failures;
  }

  private void fail(long seed, int index, Trouble.Effect effect) throws Exception {
    try {
      new LossyMachine(seed, directory)
          .runFailing((number, operation) -> number == index ? effect : Trouble.Effect.WORKS);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("operation " + index + " of seed " + seed + " " + effect, e);
    }
  }
}
