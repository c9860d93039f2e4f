package dev.handfast.xa;

import java.io.Serial;

/**
 * Tells that the runtime was not started, for example because another process holds the log store,
 * a resource manager cannot be reached, or the log names a resource that is not configured. The
 * message says what was seen and what mends it. Nothing is left open.
 */
public final class StartRefusedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  StartRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  StartRefusedException(String message) {
    super(message);
  }
}
