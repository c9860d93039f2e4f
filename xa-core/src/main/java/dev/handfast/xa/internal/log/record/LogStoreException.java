package dev.handfast.xa.internal.log.record;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The log store cannot be opened, read or written; the message names file, rule and mend. */
public class LogStoreException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public LogStoreException(String message) {
    super(message);
  }

  public LogStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
