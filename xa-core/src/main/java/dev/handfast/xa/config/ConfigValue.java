package dev.handfast.xa.config;

import java.util.Arrays;
import java.util.function.Function;

/**
 * One value and where it was set. Prints without the value, which may be a secret.
 *
 * @param key in full
 * @param text as it was written
 * @param origin for a message, {@code environment variable HANDFAST_NODE_NAME}; empty if unknown
 */
public record ConfigValue(String key, String text, String origin) {

  /** The text without the white space around it, which no value but a secret needs. */
  public String plain() {
    String plain = text.strip();
    if (plain.isEmpty()) {
      throw wrong("is empty", "give it a value or remove the key");
    }
    return plain;
  }

  /** Reads the value; a refusal gets the origin added. */
  public <T> T read(Function<String, T> reader) {
    String plain = plain();
    try {
      return reader.apply(plain);
    } catch (ConfigurationException e) {
      throw origin.isEmpty() ? e : new ConfigurationException(e.getMessage() + suffix(), e);
    }
  }

  int integer(int min, int max) {
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

  public boolean bool() {
    return choice("true", "false").equals("true");
  }

  public String choice(String... allowed) {
    String plain = plain();
    if (!Arrays.asList(allowed).contains(plain)) {
      String choices = "'" + String.join("' or '", allowed) + "'";
      throw wrong("must be " + choices, "write " + choices);
    }
    return plain;
  }

  public ConfigurationException wrong(String rule, String mend) {
    String message = Refusal.wrong(key, text, rule, mend).getMessage();
    return new ConfigurationException(message + suffix());
  }

  /** For the end of a message; empty if the origin is unknown. */
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
