package dev.handfast.xa;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A transaction did not end as the application asked. The subclass tells how it did end. */
public abstract sealed class TransactionOutcomeException extends RuntimeException
    permits RolledBackException, HeuristicOutcomeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String gtrid;

  TransactionOutcomeException(String gtrid, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.gtrid = gtrid;
  }

  /** The global transaction id in hexadecimal, as in the log and on the operator's screen. */
  public String gtrid() {
    return gtrid;
  }
}
