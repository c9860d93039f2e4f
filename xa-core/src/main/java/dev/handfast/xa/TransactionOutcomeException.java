package dev.handfast.xa;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a transaction did not end as the application asked. The subclass tells how it ended.
 */
public abstract sealed class TransactionOutcomeException extends RuntimeException
    permits RolledBackException, HeuristicOutcomeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String gtrid;

  TransactionOutcomeException(String gtrid, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.gtrid = gtrid;
  }

  /**
   * Returns the global transaction id in hexadecimal, as the log and the operator's view show it.
   */
  public String gtrid() {
    return gtrid;
  }
}
