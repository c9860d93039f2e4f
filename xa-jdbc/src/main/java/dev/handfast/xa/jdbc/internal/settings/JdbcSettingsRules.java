package dev.handfast.xa.jdbc.internal.settings;

import dev.handfast.xa.config.ConfigurationException;
import java.time.Duration;

/** Checks the rules of a definition. Each refusal names key, value, rule and mend. */
public final class JdbcSettingsRules {

  private static final int LARGEST_POOL = 10_000;
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private JdbcSettingsRules() {}

  public static void checkPoolAndUser(JdbcSettings settings) {
    checkSizes(settings);
    Duration wait = settings.acquisitionTimeout();
    if (wait.toMillis() < 1 || wait.compareTo(LONGEST_WAIT) > 0) {
      throw wrong(
          settings,
          "acquisition-timeout",
          wait.toString(),
          "must be from 1 ms to 1 h",
          "give for example 10s");
    }
    if (settings.working().password() != null && settings.working().user() == null) {
      throw missing(settings, "username", "a password is given", "name its user");
    }
  }

  public static void checkSource(JdbcSettings settings) {
    String url = settings.url();
    if (url == null && settings.source() == null) {
      throw missing(
          settings,
          "url",
          "a database is told by its URL or by an XADataSource",
          "give for example jdbc:h2:./data/" + settings.name());
    }
    if (url != null && settings.source() != null) {
      throw wrong(
          settings,
          "url",
          "'" + settings.maskedUrl() + "'",
          "is given together with an XADataSource, which has its own",
          "remove one of the two");
    }
  }

  private static void checkSizes(JdbcSettings settings) {
    int max = settings.maxSize();
    if (max < 1 || max > LARGEST_POOL) {
      throw wrong(
          settings,
          "max-size",
          Integer.toString(max),
          "must be from 1 to " + LARGEST_POOL,
          "give for example " + JdbcSettings.DEFAULT_MAX_SIZE);
    }
    if (settings.minSize() < 0 || settings.minSize() > max) {
      throw wrong(
          settings,
          "min-size",
          Integer.toString(settings.minSize()),
          "must be from 0 to max-size, which is " + max,
          "lower it, or raise max-size");
    }
  }

  public static ConfigurationException wrong(
      JdbcSettings settings, String key, String value, String rule, String mend) {
    return new ConfigurationException(
        settings.key(key) + " = " + value + ": " + rule + ". To solve this, " + mend + ".");
  }

  static ConfigurationException missing(
      JdbcSettings settings, String key, String rule, String mend) {
    return new ConfigurationException(
        settings.key(key) + " is missing: " + rule + ". To solve this, " + mend + ".");
  }
}
