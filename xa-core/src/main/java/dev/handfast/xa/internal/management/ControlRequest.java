package dev.handfast.xa.internal.management;

import dev.handfast.xa.config.ConfigValue;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.Selection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One request on the control socket. A field that is not read is refused: it may be a mistake. */
final class ControlRequest {

  /** What no branch is older than. */
  private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

  private final Map<?, ?> fields;
  private final Set<String> read = new HashSet<>();

  private ControlRequest(Map<?, ?> fields) {
    this.fields = fields;
  }

  static ControlRequest of(String line) throws JsonException {
    if (JsonReader.read(line) instanceof Map<?, ?> map) {
      return new ControlRequest(map);
    }
    throw new JsonException("A request is a JSON object on one line");
  }

  private <T> @Nullable T field(String name, Class<T> type) throws JsonException {
    read.add(name);
    Object value = fields.get(name);
    if (value != null && !type.isInstance(value)) {
      throw new JsonException("'" + name + "' must be a " + type.getSimpleName());
    }
    return value == null ? null : type.cast(value);
  }

  /** No field is left that nobody has read. */
  void requireNothingElse() throws JsonException {
    for (Object name : fields.keySet()) {
      if (!read.contains(String.valueOf(name))) {
        throw new JsonException("'" + name + "' is no field of this request");
      }
    }
  }

  String text(String name) throws JsonException {
    String value = field(name, String.class);
    if (value == null) {
      throw new JsonException("'" + name + "' is missing");
    }
    return value;
  }

  boolean flag(String name) throws JsonException {
    return Boolean.TRUE.equals(field(name, Boolean.class));
  }

  private OptionalInt count(String name) throws JsonException {
    Long value = field(name, Long.class);
    if (value != null && (value < 0 || value > Integer.MAX_VALUE)) {
      throw new JsonException("'" + name + "' must be a count");
    }
    return value == null ? OptionalInt.empty() : OptionalInt.of(value.intValue());
  }

  /** A duration as the configuration writes it, from none at all to the longest. */
  @Nullable Duration duration(String name, Duration longest) throws JsonException {
    String value = field(name, String.class);
    try {
      return value == null
          ? null
          : new ConfigValue(name, value, "").duration(Duration.ZERO, longest);
    } catch (ConfigurationException e) {
      throw new JsonException(String.valueOf(e.getMessage()));
    }
  }

  private Set<String> texts(String name) throws JsonException {
    List<?> values = field(name, List.class);
    Set<String> texts = new HashSet<>();
    for (Object value : values == null ? List.of() : values) {
      if (!(value instanceof String text)) {
        throw new JsonException("'" + name + "' must hold strings");
      }
      texts.add(text);
    }
    return texts;
  }

  Filter filter() throws JsonException {
    Set<String> gtrids = texts("gtrids");
    Set<InDoubtTransaction.State> states = states(flag("foreign") || !gtrids.isEmpty());
    try {
      return new Filter(
          gtrids,
          texts("resources"),
          states,
          duration("olderThan", LONGEST_AGE),
          count("limit").orElse(Integer.MAX_VALUE));
    } catch (IllegalArgumentException e) {
      throw new JsonException(String.valueOf(e.getMessage()));
    }
  }

  private Set<InDoubtTransaction.State> states(boolean all) throws JsonException {
    Set<InDoubtTransaction.State> states = new HashSet<>();
    for (String state : texts("states")) {
      try {
        states.add(InDoubtTransaction.State.valueOf(state));
      } catch (IllegalArgumentException e) {
        throw new JsonException(
            "'"
                + state
                + "' is no state; there are "
                + Stream.of(InDoubtTransaction.State.values())
                    .map(Enum::name)
                    .collect(Collectors.joining(", ")));
      }
    }
    return states.isEmpty() && all ? Set.of(InDoubtTransaction.State.values()) : states;
  }

  Selection selection() throws JsonException {
    try {
      return new Selection(filter(), count("expected"), flag("force"));
    } catch (IllegalArgumentException e) {
      throw new JsonException(String.valueOf(e.getMessage()));
    }
  }
}
