package dev.handfast.xa.config;

import java.io.Serial;

/**
 * Wrong configuration: the message names the key or field, the value (never a secret), the rule and
 * the mend. Nothing was changed or opened.
 */
public final class ConfigurationException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** A refusal; its text is written as the class says. */
  public ConfigurationException(String message) {
    super(message);
  }

  /** A refusal that follows from another failure; its text is written as the class says. */
  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
