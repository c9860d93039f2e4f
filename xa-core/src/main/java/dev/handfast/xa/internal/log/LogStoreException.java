package dev.handfast.xa.internal.log;

import java.io.Serial;

/** The log store cannot be opened, read or written; the message names file, rule and mend. */
public final class LogStoreException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public LogStoreException(String message) {
    super(message);
  }

  public LogStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
