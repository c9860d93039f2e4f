package dev.handfast.xa.spi;

import java.io.Serial;

/** Tells that a branch could not be added to the transaction, which is now marked for rollback. */
public final class EnlistmentException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** The text names the resource and says why the branch could not be started. */
  public EnlistmentException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same where no other failure led to it. */
  public EnlistmentException(String message) {
    super(message);
  }
}
