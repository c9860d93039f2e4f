package dev.handfast.xa.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Reads configuration from where it was written. The one implementation comes with handfast-xa-core
 * and is found by {@link java.util.ServiceLoader}, so that this package of values knows no files;
 * applications call {@link Configuration#load} and {@link Configuration#of}.
 */
public interface ConfigurationReader {

  /** Does what {@link Configuration#load} promises. */
  Configuration load(
      Path file, Map<String, String> environment, Properties system, List<SectionKeys> sections);

  /** Does what {@link Configuration#of} promises. */
  Configuration of(Map<String, String> properties, List<SectionKeys> sections);
}
