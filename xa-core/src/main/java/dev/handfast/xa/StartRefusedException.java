package dev.handfast.xa;

import java.io.Serial;

/**
 * Tells that the runtime was not started, for example because another process holds the log store,
 * a resource manager cannot be reached, or the log names a resource that is not configured. The
 * message says what was seen and what mends it, and neither it nor a cause tells a secret. Nothing
 * is left open; the check of another resource that does not answer ends within the bounds of its
 * driver.
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
