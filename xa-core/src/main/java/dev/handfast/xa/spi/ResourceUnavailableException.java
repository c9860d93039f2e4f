package dev.handfast.xa.spi;

import java.io.Serial;

/** Tells that a resource manager could not be reached, or did not answer in time. */
public final class ResourceUnavailableException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** The text names the resource and says what was tried. */
  public ResourceUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same where no other failure led to it. */
  public ResourceUnavailableException(String message) {
    super(message);
  }
}
