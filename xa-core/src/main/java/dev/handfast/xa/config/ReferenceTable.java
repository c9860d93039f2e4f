package dev.handfast.xa.config;

import java.util.List;
import java.util.stream.Collectors;

/** Renders keys as docs/configuration.md shows them. */
final class ReferenceTable {

  private static final String HEAD = "| key | type | default | meaning |\n|---|---|---|---|\n";

  private ReferenceTable() {}

  static String markdown(String prefix, List<ConfigKey> keys) {
    return keys.stream().map(key -> row(prefix, key)).collect(Collectors.joining("", HEAD, ""));
  }

  private static String row(String prefix, ConfigKey key) {
    String name = prefix + key.name();
    String names = code(name) + "<br>" + code(ConfigKey.environmentVariable(name));
    return "| "
        + String.join(" | ", names, key.type(), shown(key.defaultValue()), key.meaning())
        + " |\n";
  }

  /** A default in words, such as "as username", is not set as code. */
  private static String shown(String value) {
    if (value.isEmpty()) {
      return "none";
    }
    return value.contains(" ") ? value : code(value);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
