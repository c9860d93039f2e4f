package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AlivenessTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
  private final Health health = new Health("orders");
  private final Aliveness aliveness = new Aliveness(health, now::get);

  @Test
  void isNotAskedForUnderLoad() {
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(499));
      assertThat(aliveness.isDue()).isFalse();
      aliveness.used();
    }
  }

  @Test
  void isDueAfterHalfASecondOfIdleness() {
    pass(Duration.ofMillis(499));
    assertThat(aliveness.isDue()).isFalse();

    pass(Duration.ofMillis(1));

    assertThat(aliveness.isDue()).isTrue();
  }

  @Test
  void isDueOnceAnyConnectionWasLost() {
    health.lost(new SQLException("gone"));
    assertThat(aliveness.isDue()).isTrue();

    aliveness.used();
    assertThat(aliveness.isDue()).isTrue();

    aliveness.shown(aliveness.losses());
    assertThat(aliveness.isDue()).isFalse();
  }

  @Test
  void isDueOnceAnotherWasFoundDead() {
    var other = new Aliveness(health, now::get);

    other.lost(new SQLException("gone"));

    assertThat(aliveness.isDue()).isTrue();
  }

  @Test
  void isDueAgainIfAnotherWasLostWhileItShowedItself() {
    health.lost(new SQLException("gone"));
    long before = aliveness.losses();
    health.lost(new SQLException("gone too"));

    aliveness.shown(before);

    assertThat(aliveness.isDue()).isTrue();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
