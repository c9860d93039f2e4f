package dev.handfast.examples.orders.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
  void theApplicationIsMetInPhaseTwo(int count) {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(plan(count, seed, true))
          .hasSize(count)
          .anyMatch(crash -> isOf(crash, Role.APPLICATION, Moment.PHASE_TWO));
      assertThat(plan(count, seed, false))
          .anyMatch(crash -> isOf(crash, Role.APPLICATION, Moment.BEFORE_SEND));
    }
  }

  @Test
  void aFewCrashesMeetEverybodyAndShowEveryMoment() {
    assertThat(plan(3, 1, true))
        .extracting(Crash::victim, Crash::moment)
        .containsExactlyInAnyOrder(
            tuple(Role.APPLICATION, Moment.PHASE_TWO),
            tuple(Role.SHIPPING, Moment.BETWEEN_VOTES),
            tuple(Role.BROKER, Moment.ANY));
  }

  @Test
  void withoutHandfastTheSameAreKilledAtTheSamePlaces() {
    List<Crash> with = plan(10, 4, true);
    List<Crash> without = plan(10, 4, false);

    for (int i = 0; i < with.size(); i++) {
      Crash crash = with.get(i);
      assertThat(without.get(i))
          .isEqualTo(
              new Crash(
                  crash.at(),
                  crash.victim(),
                  crash.worker(),
                  crash.moment().locally(crash.worker()),
                  crash.delayMillis()));
    }
    assertThat(without)
        .extracting(Crash::moment)
        .contains(Moment.BEFORE_ACKNOWLEDGE)
        .doesNotContain(Moment.BETWEEN_VOTES, Moment.PHASE_TWO);
  }

  @Test
  void aKilledBrokerIsMetAtSomebodysWork() {
    assertThat(plan(100, 5, true))
        .allMatch(crash -> crash.victim() == Role.BROKER || crash.worker() == crash.victim())
        .filteredOn(crash -> crash.victim() == Role.BROKER)
        .extracting(Crash::worker)
        .contains(Role.APPLICATION, Role.SHIPPING)
        .doesNotContain(Role.BROKER);
  }

  @Test
  void theyComeInTheOrderOfTheWork() {
    assertThat(plan(10, 3, true))
        .isSortedAccordingTo(Comparator.comparingInt(Crash::at))
        .allMatch(crash -> crash.at() >= 0 && crash.at() <= 256);
  }

  private static boolean isOf(Crash crash, Role victim, Moment moment) {
    return crash.victim() == victim && crash.moment() == moment;
  }

  private static List<Crash> plan(int count, long seed, boolean handfast) {
    return Crash.plan(
        new DemoSettings(Path.of("x"), 512, new Crashes(count, false), 4, seed, handfast));
  }
}
