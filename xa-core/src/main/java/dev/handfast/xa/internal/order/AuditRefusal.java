package dev.handfast.xa.internal.order;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why the audit log cannot be written, with the mend. */
final class AuditRefusal extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  AuditRefusal(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
