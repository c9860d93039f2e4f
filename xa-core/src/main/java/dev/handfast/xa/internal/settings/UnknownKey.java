package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigValue;
import dev.handfast.xa.config.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells why a key is refused and what to write instead; never its value, which may be a secret. */
final class UnknownKey {

  private static final Pattern SECTION =
      Pattern.compile("handfast\\.([a-z]+)(?:\\.(.*))?", Pattern.DOTALL);
  private static final Map<String, String> MODULES =
      Map.of("datasource", "handfast-xa-jdbc", "jms", "handfast-xa-artemis");

  private final KeyCatalog catalog;

  UnknownKey(KeyCatalog catalog) {
    this.catalog = catalog;
  }

  String refusal(ConfigValue value) {
    String key = value.key();
    Matcher parts = SECTION.matcher(key);
    if (!parts.matches()) {
      return refusal(value, "is not a key of Handfast", mend(key, Set.of()));
    }
    String section = parts.group(1);
    String rest = Optional.ofNullable(parts.group(2)).orElse("");
    Set<String> relatives = catalog.relatives(section);
    String full = "handfast." + section + ".NAME.";
    if (section.equals(MethodKeys.SECTION)) {
      return refusal(value, "is not a key of Handfast", MethodKeys.mend(key));
    }
    if (relatives.isEmpty() && MODULES.containsKey(section)) {
      String module = MODULES.get(section);
      return refusal(
          value,
          "is read by no adapter on the class path",
          "add the module " + module + " or remove the key");
    }
    if (relatives.contains(rest)) {
      return refusal(value, "has no resource name", "write '" + full + rest + "'");
    }
    if (!relatives.isEmpty() && !rest.contains(".")) {
      return refusal(value, "lacks the resource name or the key", "write '" + full + "KEY'");
    }
    return refusal(value, "is not a key of Handfast", mend(key, relatives));
  }

  private static String refusal(ConfigValue value, String rule, String mend) {
    String key = Refusal.printable(value.key());
    return key + " " + rule + ". To solve this, " + mend + "." + value.suffix();
  }

  private String mend(String key, Set<String> relatives) {
    Set<String> known = relatives.isEmpty() ? catalog.runtime() : relatives;
    return catalog
        .nearest(key)
        .map(near -> "write '" + near + "' or remove it")
        .orElseGet(() -> "remove it or use one of " + String.join(", ", known));
  }
}
