package dev.handfast.xa.config;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The rule for the names of resources. */
public final class ResourceNames {

  /**
   * Words of the keys themselves: a resource of such a name could not be told from a key whose
   * resource name was left out, as in {@code handfast.datasource.recovery.username}.
   */
  private static final Set<String> KEY_WORDS =
      Set.of(
          "datasource",
          "default-timeout",
          "handfast",
          "jms",
          "log-store",
          "node-name",
          "password",
          "password-file",
          "recovery",
          "url",
          "username");

  private static final String RULE =
      "a resource name is a lower-case ASCII letter, then lower-case letters, digits and '-'";

  private ResourceNames() {}

  /**
   * Returns the same name if it is valid: {@code [a-z][a-z0-9-]*} and no word of the keys, such as
   * {@code recovery} or {@code url}.
   *
   * @throws ConfigurationException if it is not valid
   */
  public static String require(String name) {
    if (Objects.requireNonNullElse(name, "").isEmpty()) {
      throw Refusal.missing("resource name", RULE, "name the resource, for example 'orders'");
    }
    if (!hasForm(name)) {
      throw Refusal.wrong("resource name", name, RULE, proposal(name));
    }
    if (KEY_WORDS.contains(name)) {
      throw Refusal.wrong(
          "resource name",
          name,
          "'" + name + "' is a word of the configuration keys",
          "use another name, for example '" + name + "-1'");
    }
    return name;
  }

  /** True if {@link #require} would return the name. */
  public static boolean isValid(String name) {
    return hasForm(name) && !KEY_WORDS.contains(name);
  }

  private static boolean hasForm(String name) {
    return name.matches("[a-z][a-z0-9-]*");
  }

  private static String proposal(String name) {
    String close =
        name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+|-+$", "");
    return "use for example '" + (isValid(close) ? close : "orders") + "'";
  }
}
