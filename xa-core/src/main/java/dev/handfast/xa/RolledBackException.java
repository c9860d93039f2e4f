package dev.handfast.xa;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells that the whole transaction was rolled back; nothing of it remains. */
public final class RolledBackException extends TransactionOutcomeException {

  @Serial private static final long serialVersionUID = 1L;

  private final @Nullable String resource;

  RolledBackException(
      String gtrid, @Nullable String resource, String message, @Nullable Throwable cause) {
    super(gtrid, message, cause);
    this.resource = resource;
  }

  /**
   * Returns the name of the resource that refused to commit; empty if the application, the timeout
   * or the log was the reason.
   */
  public Optional<String> resource() {
    return Optional.ofNullable(resource);
  }
}
