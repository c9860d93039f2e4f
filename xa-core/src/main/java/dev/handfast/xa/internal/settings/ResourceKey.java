package dev.handfast.xa.internal.settings;

/**
 * The parts of {@code handfast.SECTION.NAME.RELATIVE}.
 *
 * @param section {@code datasource}, {@code jms}
 * @param name of the resource as it was written, which {@code ResourceNames} may refuse
 * @param relative the key as its adapter knows it
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
