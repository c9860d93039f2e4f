package dev.handfast.xa.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A secret that prints as {@code ***}. Safe for use by many threads. */
public final class Secret {

  static final String HIDDEN = "***";

  /** A shorter one stands in many words, and is told by what it hides. */
  private static final int SHORTEST = 3;

  private static final String LETTER = "[\\p{L}\\p{N}]";

  private final Supplier<String> source;
  private volatile @Nullable String revealed;

  private Secret(Supplier<String> source) {
    this.source = source;
  }

  /** A secret that is known already. */
  public static Secret of(String value) {
    var secret = new Secret(() -> value);
    secret.revealed = value;
    return secret;
  }

  /** A secret that is fetched anew each time it is revealed, for example from a file. */
  public static Secret from(Supplier<String> source) {
    return new Secret(source);
  }

  /** The secret itself. Call it where a connection is made, and keep the result nowhere. */
  public String reveal() {
    String value = source.get();
    revealed = value;
    return value;
  }

  /**
   * The text without this secret, as it was last revealed: wherever it stands as a word of its own,
   * plainly or as a URL writes it, there is {@code ***}.
   */
  String hideIn(String text) {
    String value = revealed;
    if (value == null || value.length() < SHORTEST) {
      return text;
    }
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
    return hide(hide(hide(text, value), encoded), encoded.replace("+", "%20"));
  }

  private static String hide(String text, String value) {
    if (!text.contains(value)) {
      return text;
    }
    String before = Character.isLetterOrDigit(value.codePointAt(0)) ? "(?<!" + LETTER + ")" : "";
    String after =
        Character.isLetterOrDigit(value.codePointBefore(value.length()))
            ? "(?!" + LETTER + ")"
            : "";
    return Pattern.compile(before + Pattern.quote(value) + after).matcher(text).replaceAll(HIDDEN);
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
