package dev.handfast.xa.internal.log.record;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The log store cannot be opened, read or written; the message names file, rule and mend. */
public class LogStoreException extends RuntimeException {

  /** For a record that is certainly not there when there is no memory left to tell why. */
  @SuppressWarnings("StaticAssignmentOfThrowable") // there is no memory to make one on demand
  public static final LogStoreException UNTOLD =
      new LogStoreException(
          Shared.ONE, "The record could not be logged, for want of memory or stack");

  @Serial private static final long serialVersionUID = 1L;

  public LogStoreException(String message) {
    super(message);
  }

  public LogStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Makes a failure ahead, which knows nothing of the place where it is thrown. */
  LogStoreException(Shared shared, String message) {
    super(message, null, false, false);
  }

  /** Says that an exception is thrown more than once. */
  enum Shared {
    ONE
  }
}
