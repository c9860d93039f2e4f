package dev.handfast.xa.internal.log.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever is done to the store and wherever it is cut off, it gives back what it acknowledged. */
class SlotStorePropertyTest {

  private static final int CASES = Integer.getInteger("handfast.test.slot-cases", 100_000);
  private static final int LONGEST = 24;

  @Test
  void everyCrashLeavesExactlyWhatWasAcknowledged() {
    Set<Long> seen = new HashSet<>();
    qt().withExamples(CASES)
        .withShrinkCycles(0)
        .forAll(longs().all())
        .checkAssert(
            seed -> {
              seen.add(seed);
              run(seed);
            });
    assertThat(seen).hasSizeGreaterThanOrEqualTo(CASES * 99 / 100);
  }

  private static void run(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try {
      SlotModel model = new SlotModel(random);
      int steps = 1 + random.nextInt(LONGEST);
      for (int step = 0; step < steps; step++) {
        model.step();
      }
      model.crash(random.nextBoolean());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
