package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.config.ConfigurationException;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Checks the values of a definition, and makes the exceptions for those that break a rule. */
public final class ArtemisSettingsRules {

  private static final int MOST_SESSIONS = 10_000;
  private static final Duration LONGEST = Duration.ofHours(1);

  private ArtemisSettingsRules() {}

  public static void check(ArtemisSettings settings) {
    checkSource(settings);
    checkDuration(settings, "call-timeout", settings.callTimeout(), "5s");
    checkDuration(settings, "acquisition-timeout", settings.acquisitionTimeout(), "10s");
    if (settings.maxSessions() < 1 || settings.maxSessions() > MOST_SESSIONS) {
      throw wrong(
          settings,
          "max-sessions",
          Integer.toString(settings.maxSessions()),
          "must be from 1 to " + MOST_SESSIONS,
          "give for example " + ArtemisSettings.DEFAULT_MAX_SESSIONS);
    }
    if (settings.working().password() != null && settings.working().user() == null) {
      throw missing(settings, "username", "a password is given", "name its user");
    }
  }

  private static void checkSource(ArtemisSettings settings) {
    String url = settings.url();
    ActiveMQConnectionFactory factory = settings.factory();
    if (url == null && factory == null) {
      throw missing(
          settings,
          "url",
          "a broker is told by its URL or by a connection factory",
          "give for example tcp://localhost:61616");
    }
    if (url != null && factory != null) {
      throw wrongUrl(settings, "is given together with a connection factory", "remove one of them");
    }
    if (url != null) {
      BrokerUrl.check(settings, url);
    } else if (factory != null) {
      ConnectionFactoryRules.check(settings, factory);
    }
  }

  private static void checkDuration(
      ArtemisSettings settings, String key, Duration value, String example) {
    if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
      throw wrong(
          settings,
          key,
          value.toString(),
          "must be from 1 ms to 1 h",
          "give for example " + example);
    }
  }

  static ConfigurationException wrongUrl(ArtemisSettings settings, String rule, String mend) {
    return wrong(settings, "url", "'" + settings.maskedUrl() + "'", rule, mend);
  }

  static ConfigurationException wrong(
      ArtemisSettings settings, String key, String value, String rule, String mend) {
    return new ConfigurationException(
        key(settings, key) + " = " + value + ": " + rule + ". To solve this, " + mend + ".");
  }

  private static ConfigurationException missing(
      ArtemisSettings settings, String key, String rule, String mend) {
    return new ConfigurationException(
        key(settings, key) + " is missing: " + rule + ". To solve this, " + mend + ".");
  }

  /** Returns the full key of a setting, for messages, even if the definition was made in code. */
  public static String key(ArtemisSettings settings, String relative) {
    return "handfast." + ArtemisSettings.KIND + "." + settings.name() + "." + relative;
  }
}
