package dev.handfast.xa.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values of one resource, {@code handfast.SECTION.NAME.*}, read with types; empty where a key
 * is not given. Immutable. Every error is a {@link ConfigurationException} that names the full key,
 * the value unless it is a secret, the rule, the mend, and where the value was set. White space
 * around a value is dropped, except for a secret; an empty value is refused.
 */
public final class ResourceSection {

  private static final String FILE = "-file";

  private final String section;
  private final String name;
  private final Map<String, ConfigValue> values;

  private ResourceSection(Map<String, ConfigValue> values, String section, String name) {
    this.section = section;
    this.name = ResourceNames.require(name);
    this.values = Map.copyOf(values);
  }

  /**
   * @param section {@code datasource}, {@code jms}
   * @param name of the resource
   * @param values by relative key
   * @throws ConfigurationException if the name is not one of a resource
   */
  public ResourceSection(String section, String name, Map<String, String> values) {
    this(withoutOrigin(section, name, values), section, name);
  }

  /**
   * A section whose errors tell where each value was set.
   *
   * @param values by relative key
   * @throws ConfigurationException if the name is not one of a resource
   */
  public static ResourceSection of(String section, String name, Map<String, ConfigValue> values) {
    return new ResourceSection(values, section, name);
  }

  private static Map<String, ConfigValue> withoutOrigin(
      String section, String name, Map<String, String> texts) {
    var values = new HashMap<String, ConfigValue>();
    texts.forEach(
        (relative, text) ->
            values.put(relative, new ConfigValue(key(section, name, relative), text, "")));
    return values;
  }

  /** {@code datasource}, {@code jms}. */
  public String section() {
    return section;
  }

  /** The resource's name. */
  public String name() {
    return name;
  }

  /** The full name of a key, for messages. */
  public String key(String relative) {
    return key(section, name, relative);
  }

  private static String key(String section, String name, String relative) {
    return "handfast." + section + "." + name + "." + relative;
  }

  /** The text as it was written, without the white space around it. */
  public Optional<String> text(String relative) {
    return value(relative).map(ConfigValue::plain);
  }

  /** A duration of at least a millisecond. */
  public Optional<Duration> duration(String relative) {
    return value(relative).map(ConfigValue::duration);
  }

  /** A duration in whole milliseconds from {@code min} to {@code max}. */
  public Optional<Duration> duration(String relative, Duration min, Duration max) {
    return value(relative).map(v -> v.duration(min, max));
  }

  /** A whole number within the range of an {@code int}. */
  public Optional<Integer> integer(String relative) {
    return integer(relative, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** A whole number from {@code min} to {@code max}. */
  public Optional<Integer> integer(String relative, int min, int max) {
    return value(relative).map(v -> v.integer(min, max));
  }

  /** {@code true} or {@code false} and nothing else. */
  public Optional<Boolean> bool(String relative) {
    return value(relative).map(ConfigValue::bool);
  }

  /** One of the words given. */
  public Optional<String> choice(String relative, String... allowed) {
    return value(relative).map(v -> v.choice(allowed));
  }

  /**
   * {@code RELATIVE} itself, which may be empty, or the content of the file named by {@code
   * RELATIVE-file} without one line end after it. The file must be there now and is read anew each
   * time the secret is revealed; {@link Secret#reveal()} throws a ConfigurationException if it has
   * gone by then. Both given is an error.
   */
  public Optional<Secret> secret(String relative) {
    Optional<ConfigValue> direct = value(relative);
    Optional<ConfigValue> file = value(relative + FILE);
    if (direct.isPresent() && file.isPresent()) {
      throw direct.get().wrong("is given together with " + file.get(), "remove one of the two");
    }
    return file.isPresent()
        ? file.map(SecretFile::open)
        : direct.map(value -> Secret.of(value.text()));
  }

  /**
   * The exception to throw when a value breaks a rule of the adapter's own.
   *
   * @param rule what is wrong, after the key and the value: {@code is a server URL}
   * @param mend after "To solve this, ", without a full stop
   */
  public ConfigurationException wrong(String relative, String rule, String mend) {
    return value(relative)
        .map(value -> value.wrong(rule, mend))
        .orElseGet(() -> missing(relative, rule, mend));
  }

  /** The exception to throw when a mandatory key is not given; words as for {@link #wrong}. */
  public ConfigurationException missing(String relative, String rule, String mend) {
    return Refusal.missing(key(relative), rule, mend);
  }

  private Optional<ConfigValue> value(String relative) {
    return Optional.ofNullable(values.get(relative));
  }

  @Override
  public String toString() {
    return "handfast." + section + "." + name;
  }
}
