package dev.handfast.xa.internal.rm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.scripted.TestPlatform;
import dev.handfast.xa.scripted.Warnings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RmOutageTest {

  @RegisterExtension final Warnings log = new Warnings();

  private final TestPlatform platform = new TestPlatform();
  private final RmOutage outage = new RmOutage("events", platform);
  private long moment = 1;

  /** The clock that never jumps goes on, and the time of day with the machine's. */
  private void pass(Duration time) {
    moment += time.toNanos();
    platform.stopAt(moment);
  }

  @BeforeEach
  void stopTheClock() {
    platform.stopAt(moment);
  }

  private void fails(int times, Duration every) {
    for (int i = 0; i < times; i++) {
      outage.began(new IllegalStateException("no answer"));
      pass(every);
    }
  }

  @Test
  void remindsEveryHour() {
    String today = platform.now().truncatedTo(ChronoUnit.HOURS).toString().substring(0, 13);
    fails(6 * 60 * 3, Duration.ofSeconds(10));

    assertThat(log.all())
        .satisfiesExactly(
            first -> assertThat(first).contains("HANDFAST001033", "'events'", "no answer"),
            second -> assertThat(second).contains("HANDFAST001034", "since " + today),
            third -> assertThat(third).contains("HANDFAST001034"));
  }

  @Test
  void saysOnceThatItIsBackWithWhatWasDone() {
    fails(9, Duration.ofSeconds(10));
    log.clear();

    outage.over();
    assertThat(outage.isOn()).isFalse();
    outage.settled(7, 2);
    outage.over();
    outage.settled(0, 2);

    assertThat(log.all())
        .singleElement()
        .asString()
        .contains("HANDFAST001035", "back after PT1M30S: 7 branches were resolved, 2 are left");
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, 3_600})
  void measuresByTheClockThatNeverJumps(long seconds) {
    fails(1, Duration.ofSeconds(8));
    platform.step(Duration.ofSeconds(seconds));
    log.clear();

    fails(1, Duration.ZERO);
    outage.over();
    outage.settled(1, 0);

    assertThat(log.all()).singleElement().asString().contains("back after PT8S: 1 branches");
  }

  @Test
  void isNotBackIfItWasLostAgainMeanwhile() {
    fails(1, Duration.ofSeconds(10));
    outage.over();
    fails(1, Duration.ofSeconds(10));
    log.clear();

    outage.settled(0, 2);

    assertThat(log.all()).isEmpty();
  }
}
