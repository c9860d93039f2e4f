package dev.handfast.xa.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The durations that a key accepts.
 *
 * @param key in full
 * @param min the shortest
 * @param max the longest
 * @param step a second or a millisecond; a duration must be a multiple of it
 */
record DurationRange(String key, Duration min, Duration max, Duration step) {

  /** Others count it in seconds as an {@code int} and in nanoseconds as a {@code long}. */
  private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /** A refusal proposes this duration if the range allows it. */
  private static final Duration USUAL = Duration.ofSeconds(10);

  static final DurationRange DEFAULT_TIMEOUT =
      new DurationRange(RuntimeKeys.DEFAULT_TIMEOUT.name(), SECOND, LONGEST, SECOND);
  static final DurationRange LOCK_WAIT =
      new DurationRange(
          RuntimeKeys.LOG_STORE_LOCK_WAIT.name(), Duration.ZERO, LONGEST, MILLISECOND);
  static final DurationRange RECOVERY_PERIOD = positive(RuntimeKeys.RECOVERY_PERIOD.name());
  static final DurationRange RECOVERY_CALL_TIMEOUT =
      positive(RuntimeKeys.RECOVERY_CALL_TIMEOUT.name());

  private static final List<DurationRange> OF_THE_RUNTIME =
      List.of(DEFAULT_TIMEOUT, LOCK_WAIT, RECOVERY_PERIOD, RECOVERY_CALL_TIMEOUT);

  /** The range of a key of the runtime; for the key of a resource, at least a millisecond. */
  static DurationRange of(String key) {
    return OF_THE_RUNTIME.stream()
        .filter(range -> range.key().equals(key))
        .findFirst()
        .orElseGet(() -> positive(key));
  }

  private static DurationRange positive(String key) {
    return of(key, MILLISECOND, LONGEST);
  }

  static DurationRange of(String key, Duration min, Duration max) {
    return new DurationRange(key, min, max, MILLISECOND);
  }

  /**
   * Returns the same duration if it is within the range.
   *
   * @throws ConfigurationException if it is not
   */
  Duration check(Duration duration) {
    return check(duration, Durations.text(duration));
  }

  Duration parse(String text) {
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
