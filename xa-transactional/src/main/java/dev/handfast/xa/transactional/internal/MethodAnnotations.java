package dev.handfast.xa.transactional.internal;

import dev.handfast.xa.Transacted;
import dev.handfast.xa.config.ConfigValue;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.transactional.Label;
import dev.handfast.xa.transactional.Timeout;
import jakarta.transaction.Transactional;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The annotations that count for one method, wherever they stand.
 *
 * @param transactional its type, and the exceptions that roll back
 * @param timeout of a transaction that begins for it, or null
 * @param label of a transaction that begins for it, or null
 */
public record MethodAnnotations(
    Transactional transactional, @Nullable Timeout timeout, @Nullable Label label) {

  /**
   * @throws IllegalArgumentException if one of them is wrong
   */
  Transacted applyTo(Transacted transacted, String method) {
    Transacted result = transacted;
    if (timeout != null) {
      result = result.timeout(duration(timeout, method));
    }
    if (label != null) {
      result = labelled(result, label, method);
    }
    return result;
  }

  private static Duration duration(Timeout timeout, String method) {
    try {
      return new ConfigValue("@Timeout of " + method, timeout.value(), "").duration();
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Transacted labelled(Transacted transacted, Label label, String method) {
    try {
      return transacted.label(label.value());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "@Label of " + method + ": " + e.getMessage() + ". To solve this, shorten or mend it.",
          e);
    }
  }
}
