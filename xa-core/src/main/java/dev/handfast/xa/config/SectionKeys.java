package dev.handfast.xa.config;

import java.util.List;

/**
 * The keys that one adapter reads.
 *
 * @param section {@code datasource} for {@code handfast.datasource.NAME.*}
 * @param keys relative to {@code handfast.SECTION.NAME.}
 */
public record SectionKeys(String section, List<ConfigKey> keys) {

  public SectionKeys {
    keys = List.copyOf(keys);
  }
}
