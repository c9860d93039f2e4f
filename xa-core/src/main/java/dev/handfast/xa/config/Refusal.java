package dev.handfast.xa.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Words every refusal of a value in the same way: key, value, rule, mend. It never tells a secret.
 */
public final class Refusal {

  private static final int LONGEST = 200;

  /** Causes may go round in a circle. */
  private static final int DEEPEST = 50;

  private Refusal() {}

  /**
   * The exception for a value that breaks a rule; the value of a secret is shown as {@code ***}.
   */
  static ConfigurationException wrong(String key, String value, String rule, String mend) {
    return new ConfigurationException(
        key + " = " + shown(key, value) + ": " + rule + ". To solve this, " + mend + ".");
  }

  /**
   * The exception for a mandatory key that is not given.
   *
   * @param rule why it is needed
   * @param mend after "To solve this, ", without a full stop
   */
  public static ConfigurationException missing(String key, String rule, String mend) {
    return new ConfigurationException(
        key + " is missing: " + rule + ". To solve this, " + mend + ".");
  }

  /**
   * What mends that a file cannot be used, after "To solve this, ": no right to it helps where the
   * process has too many files open, or the disk is full or mounted for reading alone.
   *
   * @param failure what was thrown, if something was
   * @param usual the mend otherwise
   */
  public static String mend(@Nullable Throwable failure, String usual) {
    Throwable cause = failure;
    for (int i = 0; i < DEEPEST && cause != null; i++, cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      if (text.contains("Too many open files")) {
        return "let the process have more files open (ulimit -n), or see who in it leaves files open";
      }
      if (text.contains("Read-only file system")) {
        return "mount that file system for writing, or " + usual;
      }
      if (text.contains("No space left on device")) {
        return "make room on that file system, or " + usual;
      }
    }
    return usual;
  }

  /** The text in quotes, {@link #printable} and with the secrets in URLs masked. */
  static String quote(String text) {
    return "'" + printable(Urls.mask(text)) + "'";
  }

  /**
   * The text with the code points of invisible characters in place of these, so that it can neither
   * break a line of a log nor move a cursor. What follows the 200th character is cut off.
   */
  public static String printable(String text) {
    return visible(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
  }

  /**
   * The whole text as it may stand in one line of a log: with {@code \\n}, {@code \\r}, {@code \\t}
   * or a code point in place of each character that cannot be seen.
   */
  public static String inOneLine(String text) {
    return text.codePoints().noneMatch(Refusal::isInvisible)
        ? text
        : visible(text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"));
  }

  private static String visible(String text) {
    var out = new StringBuilder();
    text.codePoints()
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
