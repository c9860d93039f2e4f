package dev.handfast.xa.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Everything a runtime is started with. {@link #toString} leaves out the values of resources,
 * because some are secrets.
 *
 * @param settings of the runtime itself
 * @param resources one section for each configured resource
 */
public record Configuration(Settings settings, List<ResourceSection> resources) {

  /**
   * @throws ConfigurationException if two resources have one name
   */
  public Configuration {
    resources = List.copyOf(resources);
    var names = new TreeMap<String, ResourceSection>();
    for (ResourceSection resource : resources) {
      ResourceSection earlier = names.putIfAbsent(resource.name(), resource);
      if (earlier != null) {
        throw new ConfigurationException(
            earlier
                + " and "
                + resource
                + " have one name, which recovery could not tell apart. To solve this, rename one of"
                + " them.");
      }
    }
  }

  /**
   * Reads a properties file in UTF-8, overridden by environment variables and then by system
   * properties. {@code HANDFAST_*} variables that mean no key are logged as one warning.
   *
   * @param environment as of {@link System#getenv()}
   * @param system as of {@link System#getProperties()}
   * @param sections the keys of the adapters on the class path
   * @throws ConfigurationException if the file cannot be read, a key is unknown, or a value of the
   *     runtime's own keys is missing or wrong; the message tells all that is wrong
   */
  public static Configuration load(
      Path file, Map<String, String> environment, Properties system, List<SectionKeys> sections) {
    return reader().load(file, environment, system, sections);
  }

  /**
   * Reads keys and values; nothing overrides them.
   *
   * @throws ConfigurationException as {@link #load}
   */
  public static Configuration of(Map<String, String> properties, List<SectionKeys> sections) {
    return reader().of(properties, sections);
  }

  private static ConfigurationReader reader() {
    Class<ConfigurationReader> type = ConfigurationReader.class;
    return ServiceLoader.load(type, type.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "META-INF/services/"
                        + type.getName()
                        + " is missing. To solve this, keep the files of META-INF/services when"
                        + " handfast-xa-core is packed into another jar."));
  }
}
