package dev.handfast.xa.config;

import java.util.List;
import java.util.Locale;

/** Tells by its name whether a key or a URL parameter holds a secret. */
final class SecretNames {

  private static final List<String> PARTS =
      List.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "passcode",
          "secret",
          "token",
          "credential",
          "apikey",
          "accesskey",
          "privatekey");

  private SecretNames() {}

  /**
   * True for {@code password}, {@code trustStorePassword}, {@code api-key} …; false for a {@code
   * …-file}, which is a path. In doubt it is true: a value hidden needlessly does less harm than a
   * secret shown.
   */
  static boolean matches(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith("-file")) {
      return false;
    }
    String letters = lower.replaceAll("[^a-z0-9]", "");
    return lower.equals("pass") || PARTS.stream().anyMatch(letters::contains);
  }
}
