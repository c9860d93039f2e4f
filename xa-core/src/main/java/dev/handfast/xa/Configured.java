package dev.handfast.xa;

import dev.handfast.xa.config.Configuration;
import dev.handfast.xa.config.SectionKeys;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Starts from configuration: the adapters on the class path make the resources. */
final class Configured {

  private Configured() {}

  static Handfast start(Path file) {
    Map<String, ResourceFactory> factories = factories();
    return start(
        Configuration.load(file, System.getenv(), System.getProperties(), keys(factories)),
        factories);
  }

  static Handfast start(Map<String, String> properties) {
    Map<String, ResourceFactory> factories = factories();
    return start(Configuration.of(properties, keys(factories)), factories);
  }

  private static Handfast start(
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
    return Startup.start(configuration.settings(), resources);
  }

  private static Map<String, ResourceFactory> factories() {
    Map<String, ResourceFactory> factories = new LinkedHashMap<>();
    ServiceLoader.load(ResourceFactory.class)
        .forEach(factory -> factories.put(factory.section(), factory));
    return factories;
  }

  private static List<SectionKeys> keys(Map<String, ResourceFactory> factories) {
    return factories.values().stream()
        .map(factory -> new SectionKeys(factory.section(), factory.keys()))
        .toList();
  }
}
