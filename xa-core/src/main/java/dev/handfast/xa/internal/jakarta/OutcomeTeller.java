package dev.handfast.xa.internal.jakarta;

import dev.handfast.xa.internal.transaction.Completion;
import dev.handfast.xa.internal.transaction.LiveTransaction;
import org.jspecify.annotations.Nullable;

/** Makes the exception of the API that tells how a transaction ended. */
@FunctionalInterface
public interface OutcomeTeller {

  /** Returns the exception, or null for a commit. */
  @Nullable RuntimeException tell(LiveTransaction transaction, Completion end);
}
