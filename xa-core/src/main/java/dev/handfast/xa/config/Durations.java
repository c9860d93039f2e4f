package dev.handfast.xa.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as configuration writes them: {@code 500ms}, {@code 60s}, {@code 10m}, {@code 1h}, ISO.
 */
final class Durations {

  private static final Pattern WITH_UNIT = Pattern.compile("(-?[0-9]+)(ms|s|m|h)");
  private static final Pattern BARE = Pattern.compile("[-+]?[0-9]+");

  private Durations() {}

  static Duration parse(String key, String text) {
    if (BARE.matcher(text).matches()) {
      throw Refusal.wrong(
          key,
          text,
          "a duration has a unit, and " + text + " could be " + text + "s or " + text + "ms",
          "write '" + text + "s' or '" + text + "ms'");
    }
    try {
      Matcher withUnit = WITH_UNIT.matcher(text);
      return withUnit.matches()
          ? of(Long.parseLong(withUnit.group(1)), withUnit.group(2))
          : Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw Refusal.wrong(
          key,
          text,
          "is not a duration",
          "write a whole number with its unit, such as '500ms', '60s', '10m' or '1h', or an ISO-8601"
              + " duration such as 'PT1M30S'");
    } catch (ArithmeticException | NumberFormatException e) {
      throw Refusal.wrong(key, text, "is longer than can be counted", "write a shorter duration");
    }
  }

  /** A duration as {@link #parse} reads it. */
  static String text(Duration duration) {
    if (duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))) {
      return duration.toSeconds() + "s";
    }
    boolean countsInMillis =
        duration.equals(duration.truncatedTo(ChronoUnit.MILLIS))
            && Math.abs(duration.toSeconds()) < Integer.MAX_VALUE;
    return countsInMillis ? duration.toMillis() + "ms" : duration.toString();
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
