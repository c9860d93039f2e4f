package dev.handfast.xa.config;

import java.util.Locale;

/** Words every refusal the same way: key, value, rule, mend. Secrets never get in. */
public final class Refusal {

  private static final int LONGEST = 200;

  private Refusal() {}

  /** A value that breaks a rule; shown as {@code ***} where the key is one of a secret. */
  static ConfigurationException wrong(String key, String value, String rule, String mend) {
    return new ConfigurationException(
        key + " = " + shown(key, value) + ": " + rule + ". To solve this, " + mend + ".");
  }

  /** A value that is not there. */
  public static ConfigurationException missing(String key, String rule, String mend) {
    return new ConfigurationException(
        key + " is missing: " + rule + ". To solve this, " + mend + ".");
  }

  /** Text between quotes: secrets in URLs masked, and as {@link #printable}. */
  static String quote(String text) {
    return "'" + printable(Urls.mask(text)) + "'";
  }

  /** Text, cut if long, whose control characters cannot break a line of a log or move a cursor. */
  public static String printable(String text) {
    var out = new StringBuilder();
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    cut.codePoints()
        .forEach(c -> out.append(isInvisible(c) ? "\\u" + hex(c) : Character.toString(c)));
    return out.toString();
  }

  /** The code point as in U+0041. */
  static String hex(int codePoint) {
    return String.format(Locale.ROOT, "%04X", codePoint);
  }

  static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String shown(String key, String value) {
    return SecretNames.matches(key.substring(key.lastIndexOf('.') + 1)) ? "***" : quote(value);
  }
}
