package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects everything that is wrong, so that one start tells all of it. */
final class Problems {

  private final List<String> messages = new ArrayList<>();

  void add(String message) {
    messages.add(message);
  }

  /** The value read, or empty if reading it was refused. */
  <T> Optional<T> attempt(Supplier<T> reader) {
    try {
      return Optional.of(reader.get());
    } catch (ConfigurationException e) {
      messages.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * @throws ConfigurationException if anything was added
   */
  void throwIfAny() {
    if (messages.size() == 1) {
      throw new ConfigurationException(messages.get(0));
    }
    if (!messages.isEmpty()) {
      throw new ConfigurationException(
          "The configuration has "
              + messages.size()
              + " problems:\n- "
              + String.join("\n- ", messages));
    }
  }
}
