package dev.handfast.xa.internal.log.record;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A record could neither be forced nor withdrawn: whether the next start finds it, nobody knows.
 * The branches of its transaction stay as they are.
 */
public final class UndecidedException extends LogStoreException {

  @Serial private static final long serialVersionUID = 1L;

  public UndecidedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
