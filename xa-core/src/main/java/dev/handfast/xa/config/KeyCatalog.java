package dev.handfast.xa.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every key there is: the runtime's and those of the adapters on the class path. */
final class KeyCatalog {

  private static final Pattern RESOURCE_KEY =
      Pattern.compile("handfast\\.([a-z]+)\\.([^.]+)\\.(.+)", Pattern.DOTALL);
  private static final Pattern SECTION = Pattern.compile("handfast\\.([a-z]+)(?:\\.(.*))?");
  private static final Map<String, String> MODULES =
      Map.of("datasource", "handfast-xa-jdbc", "jms", "handfast-xa-artemis");

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
    return runtime.contains(key) || resourceKey(key).isPresent();
  }

  /** The parts of a key that an adapter reads. */
  Optional<ResourceKey> resourceKey(String key) {
    Matcher parts = RESOURCE_KEY.matcher(key);
    boolean known =
        parts.matches() && sections.getOrDefault(parts.group(1), Set.of()).contains(parts.group(3));
    return known
        ? Optional.of(new ResourceKey(parts.group(1), parts.group(2), parts.group(3)))
        : Optional.empty();
  }

  /** Why an unknown key is refused; without its value, which may be a secret. */
  String refusal(Setting setting) {
    String key = setting.key();
    Matcher section = SECTION.matcher(key);
    if (section.matches()) {
      String name = section.group(1);
      Set<String> relatives = sections.get(name);
      if (relatives == null && MODULES.containsKey(name)) {
        return refusal(
            setting,
            "is read by no adapter on the class path",
            "add the module " + MODULES.get(name) + " or remove the key");
      }
      String rest = Optional.ofNullable(section.group(2)).orElse("");
      if (relatives != null && relatives.contains(rest)) {
        return incomplete(setting, "has no resource name", name, rest);
      }
      if (relatives != null && !rest.contains(".")) {
        return incomplete(setting, "lacks the resource name or the key", name, "KEY");
      }
    }
    return refusal(setting, "is not a key of Handfast", mend(key));
  }

  private static String incomplete(Setting setting, String rule, String section, String relative) {
    return refusal(
        setting,
        rule,
        "write 'handfast." + section + ".NAME." + relative + "' with the name of the resource");
  }

  private static String refusal(Setting setting, String rule, String mend) {
    return Refusal.printable(setting.key())
        + " "
        + rule
        + ". To solve this, "
        + mend
        + "."
        + setting.suffix();
  }

  private String mend(String key) {
    Matcher parts = RESOURCE_KEY.matcher(key);
    Optional<String> near = nearest(key);
    if (near.isPresent()) {
      return "write '" + near.get() + "' or remove it";
    }
    boolean inSection = parts.matches() && sections.containsKey(parts.group(1));
    return inSection
        ? "remove it or use one of the keys of the section: "
            + String.join(", ", sections.getOrDefault(parts.group(1), Set.of()))
        : "remove it or use one of the keys " + String.join(", ", runtime);
  }

  /** The key that was probably meant. */
  Optional<String> nearest(String key) {
    var candidates = new ArrayList<>(runtime);
    Matcher parts = Pattern.compile("[^.]*\\.[^.]*\\.([a-z][a-z0-9-]*)\\..*").matcher(key);
    if (parts.matches()) {
      sections.forEach(
          (section, relatives) ->
              relatives.forEach(
                  relative ->
                      candidates.add(new ResourceKey(section, parts.group(1), relative).key())));
    }
    return Nearest.to(key, candidates);
  }
}
