package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigValue;
import dev.handfast.xa.config.Configuration;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.config.ResourceSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns the values of all sources into a configuration, or tells everything that is wrong. */
final class ConfigurationBuilder {

  private final KeyCatalog catalog;
  private final Problems problems;

  /**
   * @param problems what was wrong with the sources already
   */
  ConfigurationBuilder(KeyCatalog catalog, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
  }

  /**
   * Builds the configuration.
   *
   * @param given by key
   * @throws ConfigurationException if there is any problem; the message tells all of them
   */
  Configuration build(Map<String, ConfigValue> given) {
    var unknown = new UnknownKey(catalog);
    given.values().stream()
        .filter(value -> !catalog.isKnown(value.key()))
        .forEach(value -> problems.add(unknown.refusal(value)));
    var settings = new SettingsReader(given, problems).read();
    List<ResourceSection> resources = resources(given);
    problems.throwIfAny();
    return new Configuration(settings.orElseThrow(), resources);
  }

  private List<ResourceSection> resources(Map<String, ConfigValue> given) {
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
