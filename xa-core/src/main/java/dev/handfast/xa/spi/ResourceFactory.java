package dev.handfast.xa.spi;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.ResourceSection;
import java.util.List;

/**
 * Makes definitions from configuration. Found by {@link java.util.ServiceLoader}; one per
 * {@linkplain #section() section}.
 */
public interface ResourceFactory {

  /** The section of the keys: {@code datasource} for {@code handfast.datasource.NAME.*}. */
  String section();

  /** Every key of the section, relative to {@code handfast.SECTION.NAME.}. */
  List<ConfigKey> keys();

  /**
   * The definition of one named section.
   *
   * @throws dev.handfast.xa.config.ConfigurationException if a value is missing or wrong
   */
  Resource<?> create(ResourceSection section);
}
