package dev.handfast.xa;

import dev.handfast.xa.config.Configuration;
import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.config.SectionKeys;
import dev.handfast.xa.config.Settings;
import dev.handfast.xa.internal.settings.ConfigurationSources;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.BiFunction;

/**
 * Starts a runtime, or opens a log store, from configuration; the adapters on the class path make
 * the resources.
 */
final class Configured {

  private Configured() {}

  static Handfast start(Path file) {
    return load(file, Startup::start);
  }

  static Handfast start(Map<String, String> properties) {
    return of(properties, Startup::start);
  }

  static OpenStore openStore(Path file) {
    return load(file, Startup::look);
  }

  static OpenStore openStore(Map<String, String> properties) {
    return of(properties, Startup::look);
  }

  private static <T> T load(Path file, BiFunction<Settings, List<Resource<?>>, T> opening) {
    return Startup.withoutSecrets(
        () -> {
          Map<String, ResourceFactory> factories = factories();
          Configuration configuration =
              new ConfigurationSources()
                  .load(file, System.getenv(), System.getProperties(), keys(factories));
          return opening.apply(configuration.settings(), resources(configuration, factories));
        });
  }

  private static <T> T of(
      Map<String, String> properties, BiFunction<Settings, List<Resource<?>>, T> opening) {
    return Startup.withoutSecrets(
        () -> {
          Map<String, ResourceFactory> factories = factories();
          Configuration configuration = new ConfigurationSources().of(properties, keys(factories));
          return opening.apply(configuration.settings(), resources(configuration, factories));
        });
  }

  private static List<Resource<?>> resources(
      Configuration configuration, Map<String, ResourceFactory> factories) {
    List<Resource<?>> resources = new ArrayList<>();
    configuration
        .resources()
        .forEach(
            section -> {
              ResourceFactory factory = factories.get(section.section());
              if (factory != null) {
                resources.add(factory.create(section));
              }
            });
    return resources;
  }

  private static Map<String, ResourceFactory> factories() {
    Map<String, ResourceFactory> factories = new LinkedHashMap<>();
    try {
      ServiceLoader.load(ResourceFactory.class)
          .forEach(factory -> factories.put(factory.section(), factory));
      return factories;
    } catch (ServiceConfigurationError e) {
      throw new StartRefusedException(
          "The adapters on the class path cannot be read: "
              + (e.getCause() == null ? e.getMessage() : e.getCause())
              + ". To solve this, "
              + Refusal.mend(e, "mend the jar or the class path that it names")
              + ".",
          e);
    }
  }

  private static List<SectionKeys> keys(Map<String, ResourceFactory> factories) {
    return factories.values().stream()
        .map(factory -> new SectionKeys(factory.section(), factory.keys()))
        .toList();
  }
}
