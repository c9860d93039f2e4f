package dev.handfast.xa.spi;

import java.io.Serial;

/** Tells that a resource manager could not be reached, or did not answer in time. */
public final class ResourceUnavailableException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  public ResourceUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  public ResourceUnavailableException(String message) {
    super(message);
  }
}
