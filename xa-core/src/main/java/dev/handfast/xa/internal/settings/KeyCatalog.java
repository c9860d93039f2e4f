package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.RuntimeKeys;
import dev.handfast.xa.config.SectionKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows every key: those of the runtime and those of the adapters on the class path. */
final class KeyCatalog {

  private static final Pattern RESOURCE_KEY =
      Pattern.compile("handfast\\.([a-z]+)\\.([^.]+)\\.(.+)", Pattern.DOTALL);

  /** Finds the resource's name in a key whose other parts may be misspelt. */
  private static final Pattern NAMED =
      Pattern.compile("[^.]*\\.[^.]*\\.([a-z][a-z0-9-]*)\\..*", Pattern.DOTALL);

  private final Set<String> runtime = new LinkedHashSet<>();
  private final Map<String, Set<String>> sections = new LinkedHashMap<>();

  KeyCatalog(List<SectionKeys> sections) {
    RuntimeKeys.all().forEach(key -> runtime.add(key.name()));
    sections.forEach(section -> this.sections.put(section.section(), relatives(section)));
  }

  private static Set<String> relatives(SectionKeys section) {
    var relatives = new LinkedHashSet<String>();
    for (ConfigKey key : section.keys()) {
      relatives.add(key.name());
      if (key.isSecret()) {
        relatives.add(key.name() + "-file");
      }
    }
    return relatives;
  }

  Set<String> runtime() {
    return runtime;
  }

  /** By section, the relative keys. */
  Map<String, Set<String>> sections() {
    return sections;
  }

  boolean isKnown(String key) {
    return runtime.contains(key) || MethodKeys.isKnown(key) || resourceKey(key).isPresent();
  }

  /** The relative keys of a section, empty if there is no such section. */
  Set<String> relatives(String section) {
    return sections.getOrDefault(section, Set.of());
  }

  /**
   * The parts of a key that an adapter reads, or empty if no adapter reads it. In {@code
   * handfast.datasource.recovery.username} the name was left out; it is no key of a resource called
   * recovery.
   */
  Optional<ResourceKey> resourceKey(String key) {
    Matcher parts = RESOURCE_KEY.matcher(key);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var resourceKey = new ResourceKey(parts.group(1), parts.group(2), parts.group(3));
    Set<String> relatives = relatives(resourceKey.section());
    boolean named = !relatives.contains(resourceKey.name() + "." + resourceKey.relative());
    return named && relatives.contains(resourceKey.relative())
        ? Optional.of(resourceKey)
        : Optional.empty();
  }

  /** The key that was probably meant. */
  Optional<String> nearest(String key) {
    var candidates = new ArrayList<>(runtime);
    Matcher parts = NAMED.matcher(key);
    if (parts.matches()) {
      sections.forEach(
          (section, relatives) ->
              relatives.forEach(
                  relative ->
                      candidates.add(new ResourceKey(section, parts.group(1), relative).key())));
    }
    return NearestKey.to(key, candidates);
  }
}
