package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.RuntimeKeys;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of methods that declare their transaction, {@code handfast.transactional."NAME".*}. */
final class MethodKeys {

  static final String SECTION = "transactional";

  private static final String IDENTIFIER =
      "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
  private static final String NAME = IDENTIFIER + "(?:\\." + IDENTIFIER + ")*";
  private static final Pattern KEY =
      Pattern.compile("handfast\\." + SECTION + "\\.\"(" + NAME + ")\"\\.([^\"]+)");
  private static final Pattern UNQUOTED =
      Pattern.compile("handfast\\." + SECTION + "\\.(" + NAME + ")\\.timeout");

  private MethodKeys() {}

  static boolean isKnown(String key) {
    return timeoutOf(key).isPresent();
  }

  /** The name of the method or class whose timeout a key sets. */
  static Optional<String> timeoutOf(String key) {
    Matcher parts = KEY.matcher(key);
    return parts.matches() && isTimeout(parts.group(2))
        ? Optional.of(parts.group(1))
        : Optional.empty();
  }

  private static boolean isTimeout(String relative) {
    return RuntimeKeys.METHODS.stream().map(ConfigKey::name).anyMatch(relative::equals);
  }

  /** What to write in place of a key of this section that is none. */
  static String mend(String key) {
    Matcher quoted = KEY.matcher(key);
    Matcher unquoted = UNQUOTED.matcher(key);
    String name =
        quoted.matches()
            ? quoted.group(1)
            : unquoted.matches() ? unquoted.group(1) : "com.acme.Orders.book";
    return "write '"
        + RuntimeKeys.METHODS_PREFIX.replace("NAME", name)
        + "timeout', the name of a class or of a method of it in quotes, or remove it";
  }
}
