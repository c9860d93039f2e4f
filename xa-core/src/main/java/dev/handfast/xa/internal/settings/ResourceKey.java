package dev.handfast.xa.internal.settings;

import java.util.Locale;

/**
 * The parts of {@code handfast.SECTION.NAME.RELATIVE}.
 *
 * @param name may break the rule for names
 */
public record ResourceKey(String section, String name, String relative) {

  /** {@code handfast.SECTION.NAME}. */
  public String resource() {
    return "handfast." + section + "." + name;
  }

  String key() {
    return resource() + "." + relative;
  }

  /**
   * The environment variable of a key: upper case, everything but letters and digits as {@code _}.
   */
  public static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
