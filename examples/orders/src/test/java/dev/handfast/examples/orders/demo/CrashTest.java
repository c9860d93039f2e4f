package dev.handfast.examples.orders.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CrashTest {

  @Test
  void theSameSeedPlansTheSameCrashes() {
    assertThat(plan(10, 7, true)).isEqualTo(plan(10, 7, true)).isNotEqualTo(plan(10, 8, true));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void oneAtLeastComesBetweenTheVotesAndTheEndOfPhaseTwo(int count) {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(plan(count, seed, true))
          .hasSize(count)
          .extracting(Crash::moment)
          .contains(Moment.PHASE_TWO);
      assertThat(plan(count, seed, false)).extracting(Crash::moment).contains(Moment.BEFORE_SEND);
    }
  }

  @Test
  void aFewCrashesShowEveryKind() {
    assertThat(plan(3, 1, true))
        .extracting(Crash::moment)
        .containsExactlyInAnyOrder(Moment.PHASE_TWO, Moment.ANY, Moment.BETWEEN_VOTES);
  }

  @Test
  void theyComeInTheOrderOfTheWork() {
    assertThat(plan(10, 3, true))
        .isSortedAccordingTo(Comparator.comparingInt(Crash::at))
        .allMatch(crash -> crash.at() >= 0 && crash.at() < 512);
  }

  private static List<Crash> plan(int count, long seed, boolean handfast) {
    return Crash.plan(
        new DemoSettings(Path.of("x"), 512, new Crashes(count, false), 4, seed, handfast));
  }
}
