package dev.handfast.xa.internal.log.record;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A record could neither be forced nor withdrawn: whether the next start finds it, nobody knows.
 * The branches of its transaction stay as they are.
 */
public final class UndecidedException extends LogStoreException {

  /** For a record that may be there or not when there is no memory left to tell why. */
  @SuppressWarnings("StaticAssignmentOfThrowable") // there is no memory to make one on demand
  public static final UndecidedException UNTOLD =
      new UndecidedException(
          Shared.ONE,
          "The record could be neither forced nor withdrawn: whether it is there, the next start"
              + " will find out");

  @Serial private static final long serialVersionUID = 1L;

  public UndecidedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  private UndecidedException(Shared shared, String message) {
    super(shared, message);
  }
}
