package dev.handfast.xa.config;

import java.util.List;
import java.util.Locale;

/** Tells by its name whether a key or a URL parameter holds a secret. */
final class SecretNames {

  private static final List<String> PARTS =
      List.of(
          "passwd",
          "pwd",
          "passcode",
          "passkey",
          "token",
          "credential",
          "apikey",
          "accesskey",
          "privatekey");

  /** Those that are known even when they are misspelt, by one letter in four. */
  private static final List<String> MISSPELT = List.of("password", "passphrase", "secret");

  private static final int LONGEST = 200;

  private SecretNames() {}

  /**
   * True for {@code password}, {@code trustStorePasword}, {@code api-key} …; false for a {@code
   * …-file}, which is a path. In doubt it is true: a value hidden needlessly does less harm than a
   * secret shown.
   */
  static boolean matches(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith("-file")) {
      return false;
    }
    String letters = lower.replaceAll("[^a-z0-9]", "");
    return lower.equals("pass")
        || PARTS.stream().anyMatch(letters::contains)
        || MISSPELT.stream().anyMatch(part -> holdsNearly(letters, part));
  }

  /** Whether a few letters that are wrong, missing or too many make the one hold the other. */
  private static boolean holdsNearly(String text, String part) {
    if (text.length() > LONGEST || text.contains(part)) {
      return text.contains(part);
    }
    int[] edits = new int[part.length() + 1];
    for (int i = 0; i < edits.length; i++) {
      edits[i] = i;
    }
    int fewest = part.length();
    for (int at = 0; at < text.length(); at++) {
      int before = edits[0];
      for (int i = 1; i < edits.length; i++) {
        int replaced = before + (part.charAt(i - 1) == text.charAt(at) ? 0 : 1);
        before = edits[i];
        edits[i] = Math.min(replaced, Math.min(edits[i], edits[i - 1]) + 1);
      }
      fewest = Math.min(fewest, edits[part.length()]);
    }
    return fewest <= part.length() / 4;
  }
}
