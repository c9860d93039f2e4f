package dev.handfast.xa.internal.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.scripted.Warnings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RecoveryProgressTest {

  @RegisterExtension final Warnings log = new Warnings();

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final RecoveryProgress progress = new RecoveryProgress(now::get);

  private void steps(int count, Duration each) {
    for (int i = 0; i < count; i++) {
      now.addAndGet(each.toNanos());
      progress.step();
    }
  }

  @Test
  void saysNothingOfAShortRecovery() {
    progress.begin(10_000);

    steps(9_999, Duration.ofMillis(1));

    assertThat(log.all()).isEmpty();
  }

  @Test
  void tellsEveryTenSecondsHowFarItIs() {
    progress.begin(10_000);

    steps(2_500, Duration.ofMillis(10));

    assertThat(log.all())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains("HANDFAST001040", "1000 branches, 9000 are left, 100 a second"),
            second -> assertThat(second).contains("2000 branches, 8000 are left, 100 a second"));
  }

  @Test
  void beginsAnewWithEachPass() {
    progress.begin(10);
    steps(5, Duration.ofSeconds(1));
    progress.begin(5);

    steps(5, Duration.ofSeconds(1));

    assertThat(log.all()).isEmpty();
  }
}
