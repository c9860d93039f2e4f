package dev.handfast.xa.config;

import dev.handfast.xa.internal.settings.EnvironmentVariables;
import dev.handfast.xa.internal.settings.KeyCatalog;
import dev.handfast.xa.internal.settings.Problems;
import dev.handfast.xa.internal.settings.PropertiesFile;
import dev.handfast.xa.internal.settings.ResourceKey;
import dev.handfast.xa.internal.settings.SettingsReader;
import dev.handfast.xa.internal.settings.UnknownKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Everything a runtime is started with. Prints without the values of resources.
 *
 * @param settings the runtime's own
 * @param resources one per configured resource, by section and name
 */
public record Configuration(Settings settings, List<ResourceSection> resources) {

  private static final String PREFIX = "handfast.";

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
    var catalog = new KeyCatalog(sections);
    var problems = new Problems();
    Map<String, ConfigValue> inFile = PropertiesFile.read(file, problems);
    Map<String, ConfigValue> inSystem = systemProperties(system);
    var values = new LinkedHashMap<>(inFile);
    values.putAll(inSystem);
    var variables = new EnvironmentVariables(catalog, values.keySet(), problems);
    values.putAll(variables.read(environment));
    values.putAll(inSystem);
    return build(values, catalog, problems);
  }

  /**
   * Reads keys and values; nothing overrides them.
   *
   * @throws ConfigurationException as {@link #load}
   */
  public static Configuration of(Map<String, String> properties, List<SectionKeys> sections) {
    var values = new TreeMap<String, ConfigValue>();
    properties.forEach(
        (key, text) ->
            values.put(key, new ConfigValue(key, Objects.requireNonNullElse(text, ""), "")));
    return build(values, new KeyCatalog(sections), new Problems());
  }

  private static Map<String, ConfigValue> systemProperties(Properties system) {
    var values = new TreeMap<String, ConfigValue>();
    for (String key : system.stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        String text = system.getProperty(key, "");
        values.put(key, new ConfigValue(key, text, "system property " + key));
      }
    }
    return values;
  }

  private static Configuration build(
      Map<String, ConfigValue> given, KeyCatalog catalog, Problems problems) {
    var unknown = new UnknownKey(catalog);
    given.values().stream()
        .filter(value -> !catalog.isKnown(value.key()))
        .forEach(value -> problems.add(unknown.refusal(value)));
    var settings = new SettingsReader(given, problems).read();
    List<ResourceSection> resources = resources(given, catalog, problems);
    problems.throwIfAny();
    return new Configuration(settings.orElseThrow(), resources);
  }

  private static List<ResourceSection> resources(
      Map<String, ConfigValue> given, KeyCatalog catalog, Problems problems) {
    var byResource = new TreeMap<String, Map<ResourceKey, ConfigValue>>();
    for (ConfigValue value : given.values()) {
      catalog
          .resourceKey(value.key())
          .ifPresent(
              key ->
                  byResource
                      .computeIfAbsent(key.resource(), resource -> new LinkedHashMap<>())
                      .put(key, value));
    }
    return byResource.values().stream()
        .flatMap(values -> problems.attempt(() -> section(values)).stream())
        .toList();
  }

  private static ResourceSection section(Map<ResourceKey, ConfigValue> values) {
    ResourceKey first = values.keySet().iterator().next();
    var relative = new LinkedHashMap<String, ConfigValue>();
    values.forEach((key, value) -> relative.put(key.relative(), value));
    try {
      return ResourceSection.of(first.section(), first.name(), relative);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          Refusal.printable(first.resource()) + ": " + e.getMessage(), e);
    }
  }
}
