package dev.handfast.xa.internal.transaction;

import jakarta.transaction.Synchronization;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A synchronization of an adapter, which may call its connection: it is under the same bound as the
 * calls of its branch.
 *
 * @param watched the branch's XAResource, or null as long as there is no branch
 */
record GuardedSynchronization(
    Synchronization delegate, Supplier<@Nullable WatchedXaResource> watched)
    implements Synchronization {

  @Override
  public void beforeCompletion() {
    guard("beforeCompletion", delegate::beforeCompletion);
  }

  /** Called again after an {@link Error}: what it has to give back is needed. */
  @Override
  public void afterCompletion(int status) {
    try {
      guard("afterCompletion", () -> delegate.afterCompletion(status));
    } catch (Error e) {
      guard("afterCompletion", () -> delegate.afterCompletion(status));
      throw e;
    }
  }

  private void guard(String name, Runnable call) {
    WatchedXaResource branch = watched.get();
    if (branch == null) {
      call.run();
    } else {
      branch.guard(name, call);
    }
  }
}
