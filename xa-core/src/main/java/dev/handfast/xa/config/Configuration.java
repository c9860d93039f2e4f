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
    Map<String, Setting> inFile = PropertiesFile.read(file, problems);
    Map<String, Setting> inSystem = systemProperties(system);
    var settings = new LinkedHashMap<>(inFile);
    settings.putAll(inSystem);
    var variables = new EnvironmentVariables(catalog, settings.keySet(), problems);
    settings.putAll(variables.read(environment));
    settings.putAll(inSystem);
    return build(settings, catalog, problems);
  }

  /**
   * Reads keys and values; nothing overrides them.
   *
   * @throws ConfigurationException as {@link #load}
   */
  public static Configuration of(Map<String, String> properties, List<SectionKeys> sections) {
    var settings = new TreeMap<String, Setting>();
    properties.forEach(
        (key, text) ->
            settings.put(key, new Setting(key, Objects.requireNonNullElse(text, ""), "")));
    return build(settings, new KeyCatalog(sections), new Problems());
  }

  private static Map<String, Setting> systemProperties(Properties system) {
    var settings = new TreeMap<String, Setting>();
    for (String key : system.stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        String text = system.getProperty(key, "");
        settings.put(key, new Setting(key, text, "system property " + key));
      }
    }
    return settings;
  }

  private static Configuration build(
      Map<String, Setting> given, KeyCatalog catalog, Problems problems) {
    var unknown = new UnknownKey(catalog);
    given.values().stream()
        .filter(setting -> !catalog.isKnown(setting.key()))
        .forEach(setting -> problems.add(unknown.refusal(setting)));
    var settings = new SettingsReader(given, problems).read();
    List<ResourceSection> resources = resources(given, catalog, problems);
    problems.throwIfAny();
    return new Configuration(settings.orElseThrow(), resources);
  }

  private static List<ResourceSection> resources(
      Map<String, Setting> given, KeyCatalog catalog, Problems problems) {
    var byResource = new TreeMap<String, Map<ResourceKey, Setting>>();
    for (Setting setting : given.values()) {
      catalog
          .resourceKey(setting.key())
          .ifPresent(
              key ->
                  byResource
                      .computeIfAbsent(key.resource(), resource -> new LinkedHashMap<>())
                      .put(key, setting));
    }
    return byResource.values().stream()
        .flatMap(settings -> problems.attempt(() -> section(settings)).stream())
        .toList();
  }

  private static ResourceSection section(Map<ResourceKey, Setting> settings) {
    ResourceKey first = settings.keySet().iterator().next();
    var relative = new LinkedHashMap<String, Setting>();
    settings.forEach((key, setting) -> relative.put(key.relative(), setting));
    try {
      return ResourceSection.of(first.section(), first.name(), relative);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          Refusal.printable(first.resource()) + ": " + e.getMessage(), e);
    }
  }
}
