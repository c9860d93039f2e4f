package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.ConfigValue;
import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.config.ResourceNames;
import dev.handfast.xa.spi.MessageLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the keys that environment variables mean. {@code HANDFAST_DATASOURCE_ORDERS_URL} alone does
 * not tell where the resource's name ends, so the known keys are tried as its end, and resources
 * that are configured already are preferred.
 */
final class EnvironmentVariables {

  /** The category is that of the public package, by which operators filter. */
  private static final MessageLog LOG = MessageLog.of("dev.handfast.xa.config");

  private static final Pattern OURS = Pattern.compile("(?i)handfast[_.-].+", Pattern.DOTALL);

  /** Kubernetes and Docker set such variables for a service called handfast…; they are no keys. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_.+)", Pattern.DOTALL);

  private static final Pattern LINK_VALUE =
      Pattern.compile("(?i)(tcp|udp|sctp)://.*", Pattern.DOTALL);

  private final KeyCatalog catalog;
  private final Set<String> resources;
  private final Set<String> methods;
  private final Problems problems;
  private final Map<String, ConfigValue> values = new TreeMap<>();
  private final Map<String, List<ResourceKey>> ambiguous = new TreeMap<>();
  private final List<String> unknown = new ArrayList<>();

  /**
   * @param configured the keys that the other sources give
   */
  EnvironmentVariables(KeyCatalog catalog, Set<String> configured, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
    this.methods =
        configured.stream().filter(MethodKeys::isKnown).collect(Collectors.toUnmodifiableSet());
    this.resources =
        configured.stream()
            .flatMap(key -> catalog.resourceKey(key).stream())
            .map(ResourceKey::resource)
            .collect(Collectors.toCollection(HashSet::new));
  }

  /**
   * The values by key. Logs one warning that lists the {@code HANDFAST_*} variables without a key.
   */
  Map<String, ConfigValue> read(Map<String, String> environment) {
    var ours = new TreeMap<>(environment);
    ours.keySet().removeIf(name -> !OURS.matcher(name).matches());
    ours.forEach(this::add);
    ambiguous.forEach((variable, keys) -> decide(variable, keys, ours.getOrDefault(variable, "")));
    warn();
    return values;
  }

  private void add(String variable, String value) {
    Optional<String> runtime =
        Stream.concat(catalog.runtime().stream(), methods.stream())
            .filter(key -> ConfigKey.environmentVariable(key).equals(variable))
            .findFirst();
    List<ResourceKey> keys = resourceKeys(variable);
    if (runtime.isPresent()) {
      set(runtime.get(), variable, value);
    } else if (keys.size() == 1) {
      resources.add(keys.get(0).resource());
      set(keys.get(0).key(), variable, value);
    } else if (!keys.isEmpty()) {
      ambiguous.put(variable, keys);
    } else if (!isServiceLink(variable, value)) {
      unknown.add(variable);
    }
  }

  /** Every reading of a variable, the one with the shortest resource name first. */
  private List<ResourceKey> resourceKeys(String variable) {
    var keys = new ArrayList<ResourceKey>();
    catalog
        .sections()
        .forEach(
            (section, relatives) ->
                relatives.forEach(
                    relative -> reading(variable, section, relative).ifPresent(keys::add)));
    keys.sort(Comparator.comparingInt(key -> key.name().length()));
    return keys;
  }

  private static Optional<ResourceKey> reading(String variable, String section, String relative) {
    String start = ConfigKey.environmentVariable("handfast." + section + ".");
    String end = ConfigKey.environmentVariable("." + relative);
    if (!variable.startsWith(start)
        || !variable.endsWith(end)
        || variable.length() <= start.length() + end.length()) {
      return Optional.empty();
    }
    String middle = variable.substring(start.length(), variable.length() - end.length());
    String name = middle.toLowerCase(Locale.ROOT).replace('_', '-');
    var key = new ResourceKey(section, name, relative);
    boolean same = ConfigKey.environmentVariable(key.key()).equals(variable);
    return same && ResourceNames.isValid(name) ? Optional.of(key) : Optional.empty();
  }

  /** Prefers the reading whose resource is configured, else that with the longest relative key. */
  private void decide(String variable, List<ResourceKey> keys, String value) {
    List<ResourceKey> configured =
        keys.stream().filter(key -> resources.contains(key.resource())).toList();
    if (configured.size() > 1) {
      problems.add(
          "The environment variable "
              + variable
              + " can mean "
              + configured.stream().map(ResourceKey::key).collect(Collectors.joining(" or "))
              + ". To solve this, unset it and set the key in the file or as a system property.");
      return;
    }
    set((configured.isEmpty() ? keys : configured).get(0).key(), variable, value);
  }

  private void set(String key, String variable, String value) {
    values.put(key, new ConfigValue(key, value, "environment variable " + variable));
  }

  private static boolean isServiceLink(String variable, String value) {
    return SERVICE_LINK.matcher(variable).matches() || LINK_VALUE.matcher(value).matches();
  }

  private void warn() {
    if (!unknown.isEmpty()) {
      LOG.warnf(
          "HANDFAST001010 No key of Handfast, therefore ignored: %s. To solve this, correct or unset"
              + " these environment variables",
          unknown.stream().map(this::withProposal).collect(Collectors.joining(", ")));
    }
  }

  private String withProposal(String variable) {
    List<String> variables =
        catalog.runtime().stream().map(ConfigKey::environmentVariable).toList();
    return Refusal.printable(variable)
        + NearestKey.to(variable, variables).map(near -> " (" + near + "?)").orElse("");
  }
}
