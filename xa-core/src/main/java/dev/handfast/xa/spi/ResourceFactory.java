package dev.handfast.xa.spi;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.ResourceSection;
import java.util.List;

/**
 * Makes definitions of resources from configuration. Factories are found by {@link
 * java.util.ServiceLoader}, one for each {@linkplain #section() section}.
 */
public interface ResourceFactory {

  /** Returns the section of the keys: {@code datasource} for {@code handfast.datasource.NAME.*}. */
  String section();

  /** Returns every key of the section, with names relative to {@code handfast.SECTION.NAME.}. */
  List<ConfigKey> keys();

  /**
   * Makes the definition of one resource from its values.
   *
   * @throws dev.handfast.xa.config.ConfigurationException if a value is missing or wrong
   */
  Resource<?> create(ResourceSection section);
}
