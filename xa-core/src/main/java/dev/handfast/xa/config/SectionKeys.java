package dev.handfast.xa.config;

import java.util.List;

/**
 * The keys that one adapter reads.
 *
 * @param section {@code datasource} for {@code handfast.datasource.NAME.*}
 * @param keys with names relative to {@code handfast.SECTION.NAME.}
 */
public record SectionKeys(String section, List<ConfigKey> keys) {

  /**
   * @throws IllegalArgumentException if the section is not a lower-case word
   */
  public SectionKeys {
    if (!section.matches("[a-z]+")) {
      throw new IllegalArgumentException("'" + section + "' is not a lower-case word");
    }
    keys = List.copyOf(keys);
  }

  /** The table of these keys in docs/configuration.md. */
  public String markdown() {
    return ReferenceTable.markdown("handfast." + section + ".NAME.", keys);
  }
}
