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

  @Override
  public void afterCompletion(int status) {
    guard("afterCompletion", () -> delegate.afterCompletion(status));
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
