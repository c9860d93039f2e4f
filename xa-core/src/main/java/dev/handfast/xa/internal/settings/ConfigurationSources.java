package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigValue;
import dev.handfast.xa.config.Configuration;
import dev.handfast.xa.config.ConfigurationReader;
import dev.handfast.xa.config.SectionKeys;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Collects the values of a file, of environment variables, which override it, and of system
 * properties, which override both; or those of a map alone.
 */
public final class ConfigurationSources implements ConfigurationReader {

  private static final String PREFIX = "handfast.";

  @Override
  public Configuration load(
      Path file, Map<String, String> environment, Properties system, List<SectionKeys> sections) {
    var catalog = new KeyCatalog(sections);
    var problems = new Problems();
    Map<String, ConfigValue> inFile = PropertiesFile.read(file, problems);
    Map<String, ConfigValue> inSystem = systemProperties(system);
    var values = new LinkedHashMap<>(inFile);
    values.putAll(inSystem);
    // What a variable means depends on the resources that both other sources configure.
    var variables = new EnvironmentVariables(catalog, values.keySet(), problems);
    values.putAll(variables.read(environment));
    values.putAll(inSystem);
    return new ConfigurationBuilder(catalog, problems).build(values);
  }

  @Override
  public Configuration of(Map<String, String> properties, List<SectionKeys> sections) {
    var values = new TreeMap<String, ConfigValue>();
    properties.forEach(
        (key, text) ->
            values.put(key, new ConfigValue(key, Objects.requireNonNullElse(text, ""), "")));
    return new ConfigurationBuilder(new KeyCatalog(sections), new Problems()).build(values);
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
}
