package dev.handfast.xa.config;

import java.util.Locale;

/**
 * One configuration key as the reference in docs/configuration.md describes it.
 *
 * @param name the full key of the runtime, {@code handfast.node-name}; the key of a resource
 *     without {@code handfast.SECTION.NAME.}
 * @param type for people to read, such as {@code duration}, {@code path} or {@value #SECRET}
 * @param defaultValue as one would write it, empty if there is none
 * @param meaning in a sentence or two, in Markdown
 */
public record ConfigKey(String name, String type, String defaultValue, String meaning) {

  /**
   * The type of a secret. The key may be given with the suffix {@code -file} instead, whether or
   * not that is listed too; its value is then the path of a file that holds the secret.
   */
  public static final String SECRET = "secret";

  /**
   * @throws IllegalArgumentException if the name is not made of lower-case words
   */
  public ConfigKey {
    if (!name.matches("[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")) {
      throw new IllegalArgumentException("'" + name + "' is not the name of a configuration key");
    }
  }

  /** Whether the value is a secret, so that {@code -file} may follow the name. */
  public boolean isSecret() {
    return type.equals(SECRET);
  }

  /**
   * The environment variable that sets a key: the key in upper case, with {@code _} for everything
   * but letters and digits.
   *
   * @param key in full
   */
  public static String environmentVariable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
