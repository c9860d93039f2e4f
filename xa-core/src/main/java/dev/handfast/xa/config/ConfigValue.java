package dev.handfast.xa.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The value of one configuration key as it was written, and where that was. Immutable. The methods
 * that read it with a type throw a {@link ConfigurationException} that names the key, the value
 * unless it is a secret, the rule, the mend and the origin. {@link #toString} leaves the value out,
 * because it may be a secret.
 *
 * @param key in full
 * @param text as it was written, with the white space around it
 * @param origin as a message names it, {@code environment variable HANDFAST_NODE_NAME}; empty if it
 *     is unknown
 */
public record ConfigValue(String key, String text, String origin) {

  /**
   * The text without the white space around it, which no value but a secret needs.
   *
   * @throws ConfigurationException if nothing is left
   */
  public String plain() {
    String plain = text.strip();
    if (plain.isEmpty()) {
      throw wrong("is empty", "give it a value or remove the key");
    }
    return plain;
  }

  /**
   * Reads the plain text with {@code reader}; to the message of its refusal the origin is added.
   */
  public <T> T read(Function<String, T> reader) {
    String plain = plain();
    try {
      return reader.apply(plain);
    } catch (ConfigurationException e) {
      throw origin.isEmpty() ? e : new ConfigurationException(e.getMessage() + suffix(), e);
    }
  }

  /**
   * A duration within the range of the key: that of the runtime's key, or for a resource's key at
   * least a millisecond.
   */
  public Duration duration() {
    return read(DurationRange.of(key)::parse);
  }

  /** A duration in whole milliseconds from {@code min} to {@code max}. */
  public Duration duration(Duration min, Duration max) {
    return read(DurationRange.of(key, min, max)::parse);
  }

  /** The path of a directory, which need not exist. {@code ~} is not expanded but refused. */
  public Path directory() {
    String plain = plain();
    if (plain.startsWith("~")) {
      throw wrong("'~' is not expanded", "write the path in full");
    }
    if (plain.codePoints().anyMatch(Refusal::isInvisible)) {
      throw wrong("holds an invisible character", "write \\\\ for a backslash in a file");
    }
    try {
      return Path.of(plain);
    } catch (InvalidPathException e) {
      throw noPath("name a directory, for example 'data/tx-log'");
    }
  }

  /** The exception for a text that cannot be a path here. */
  ConfigurationException noPath(String mend) {
    return text.chars().allMatch(c -> c < 128)
        ? wrong("is not a path", mend)
        : wrong(
            "is not a path in the locale of this process, which cannot write all of its letters",
            "set LC_ALL, LC_CTYPE or LANG to a locale with UTF-8, for example LC_ALL=C.UTF-8, or "
                + mend);
  }

  /** A whole number from {@code min} to {@code max}. */
  public int integer(int min, int max) {
    String plain = plain();
    if (!plain.matches("-?[0-9]+")) {
      throw wrong(
          "is not a whole number", "write digits only, for example '" + within(min, max) + "'");
    }
    long value = plain.length() > 12 ? Long.MAX_VALUE : Long.parseLong(plain);
    if (value < min || value > max) {
      throw wrong(
          "must be from " + min + " to " + max, "write for example '" + within(min, max) + "'");
    }
    return (int) value;
  }

  /** {@code true} or {@code false} and nothing else. */
  public boolean bool() {
    return choice("true", "false").equals("true");
  }

  /** One of the words given. */
  public String choice(String... allowed) {
    String plain = plain();
    if (!Arrays.asList(allowed).contains(plain)) {
      String choices = "'" + String.join("' or '", allowed) + "'";
      throw wrong("must be " + choices, "write " + choices);
    }
    return plain;
  }

  /**
   * The exception to throw when the value breaks a rule.
   *
   * @param rule what is wrong, after the key and the value: {@code is not a path}
   * @param mend after "To solve this, ", without a full stop
   */
  public ConfigurationException wrong(String rule, String mend) {
    String message = Refusal.wrong(key, text, rule, mend).getMessage();
    return new ConfigurationException(message + suffix());
  }

  /** The origin in words for the end of a message, after a space; empty if it is unknown. */
  public String suffix() {
    return origin.isEmpty() ? "" : " (From " + origin + ".)";
  }

  private static int within(int min, int max) {
    return Math.max(min, Math.min(max, 10));
  }

  @Override
  public String toString() {
    return origin.isEmpty() ? key : key + " from " + origin;
  }
}
