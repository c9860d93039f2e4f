package dev.handfast.xa.config;

import java.io.Serial;

/**
 * Wrong configuration: the message names the key or field, the value (never a secret), the rule and
 * the mend. Nothing was changed or opened.
 */
public final class ConfigurationException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
