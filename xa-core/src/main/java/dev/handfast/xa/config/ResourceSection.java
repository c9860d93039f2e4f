package dev.handfast.xa.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of one resource, {@code handfast.SECTION.NAME.*}, read with types. Every error names the
 * full key.
 */
public final class ResourceSection {

  private final String section;
  private final String name;
  private final Map<String, String> values;

  public ResourceSection(String section, String name, Map<String, String> values) {
    this.section = section;
    this.name = name;
    this.values = Map.copyOf(values);
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
    return "handfast." + section + "." + name + "." + relative;
  }

  public Optional<String> text(String relative) {
    return Optional.ofNullable(values.get(relative));
  }

  public Optional<Duration> duration(String relative) {
    throw new UnsupportedOperationException();
  }

  public Optional<Integer> integer(String relative) {
    throw new UnsupportedOperationException();
  }

  public Optional<Boolean> bool(String relative) {
    throw new UnsupportedOperationException();
  }

  /** {@code RELATIVE} itself, or the file named by {@code RELATIVE-file}, read at each use. */
  public Optional<Secret> secret(String relative) {
    throw new UnsupportedOperationException();
  }
}
