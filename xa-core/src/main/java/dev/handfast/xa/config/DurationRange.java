package dev.handfast.xa.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The durations that a key accepts. */
public record DurationRange(String key, Duration min, Duration max, Duration step) {

  /** Fits every integer of seconds and every long of nanoseconds that others count in. */
  private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /** What a refusal proposes where the range allows it. */
  private static final Duration USUAL = Duration.ofSeconds(10);

  public static final DurationRange DEFAULT_TIMEOUT =
      new DurationRange(RuntimeKeys.DEFAULT_TIMEOUT.name(), SECOND, LONGEST, SECOND);
  public static final DurationRange LOCK_WAIT =
      new DurationRange(
          RuntimeKeys.LOG_STORE_LOCK_WAIT.name(), Duration.ZERO, LONGEST, MILLISECOND);
  public static final DurationRange RECOVERY_PERIOD = positive(RuntimeKeys.RECOVERY_PERIOD.name());
  public static final DurationRange RECOVERY_CALL_TIMEOUT =
      positive(RuntimeKeys.RECOVERY_CALL_TIMEOUT.name());

  static DurationRange positive(String key) {
    return of(key, MILLISECOND, LONGEST);
  }

  static DurationRange of(String key, Duration min, Duration max) {
    return new DurationRange(key, min, max, MILLISECOND);
  }

  /** The same duration, if it is within the range. */
  Duration check(Duration duration) {
    return check(duration, Durations.text(duration));
  }

  public Duration parse(String text) {
    return check(Durations.parse(key, text), text);
  }

  private Duration check(Duration duration, String shown) {
    if (duration.compareTo(min) < 0) {
      throw refused(shown, "must be at least " + Durations.text(min), usual());
    }
    if (duration.compareTo(max) > 0) {
      throw refused(shown, "must be at most " + Durations.text(max), max);
    }
    if (!duration.equals(down(duration))) {
      String unit = step.equals(SECOND) ? "seconds" : "milliseconds";
      throw refused(shown, "must be whole " + unit, down(duration.plus(step)));
    }
    return duration;
  }

  private Duration usual() {
    return USUAL.compareTo(min) >= 0 && USUAL.compareTo(max) <= 0 ? USUAL : min;
  }

  private Duration down(Duration duration) {
    return duration.truncatedTo(step.equals(SECOND) ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
  }

  private ConfigurationException refused(String shown, String rule, Duration proposal) {
    return Refusal.wrong(key, shown, rule, "write for example '" + Durations.text(proposal) + "'");
  }
}
