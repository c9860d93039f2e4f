package dev.handfast.xa.internal.settings;

/**
 * The parts of {@code handfast.SECTION.NAME.RELATIVE}.
 *
 * @param name may break the rule for names
 */
record ResourceKey(String section, String name, String relative) {

  /** {@code handfast.SECTION.NAME}. */
  String resource() {
    return "handfast." + section + "." + name;
  }

  String key() {
    return resource() + "." + relative;
  }
}
