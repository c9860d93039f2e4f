package dev.handfast.xa.spi;

import java.io.Serial;

/** Tells that a branch could not be added to the transaction, which is now marked for rollback. */
public final class EnlistmentException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  public EnlistmentException(String message, Throwable cause) {
    super(message, cause);
  }

  public EnlistmentException(String message) {
    super(message);
  }
}
