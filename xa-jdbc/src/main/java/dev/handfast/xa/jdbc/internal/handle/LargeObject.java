package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.Forwarding;
import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Is a value that may stay in the database and be read and written there piece by piece. Each such
 * call is work on the database; no statement runs meanwhile that could be cancelled.
 */
abstract class LargeObject<T> extends Forwarding<T> {

  LargeObject(T target, Origin origin) {
    super(target, origin);
  }

  @Override
  protected final @Nullable Statement running() {
    return null;
  }
}
