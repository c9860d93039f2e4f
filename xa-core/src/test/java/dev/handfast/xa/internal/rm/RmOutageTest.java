package dev.handfast.xa.internal.rm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.scripted.Warnings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RmOutageTest {

  @RegisterExtension final Warnings log = new Warnings();

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-31T10:00:00Z"));
  private final RmOutage outage = new RmOutage("events", now::get);

  private void fails(int times, Duration every) {
    for (int i = 0; i < times; i++) {
      outage.began(new IllegalStateException("no answer"));
      now.updateAndGet(then -> then.plus(every));
    }
  }

  @Test
  void remindsEveryHour() {
    fails(6 * 60 * 3, Duration.ofSeconds(10));

    assertThat(log.all())
        .satisfiesExactly(
            first -> assertThat(first).contains("HANDFAST001033", "'events'", "no answer"),
            second -> assertThat(second).contains("HANDFAST001034", "since 2026-01-31T10:00:00Z"),
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
