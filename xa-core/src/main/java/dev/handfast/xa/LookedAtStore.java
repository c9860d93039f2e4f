package dev.handfast.xa;

import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.narayana.TransactionRuntime;
import dev.handfast.xa.recovery.Recovery;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store between {@link Startup#look} and {@link #close}. */
final class LookedAtStore implements OpenStore {

  private final Tenure log;
  private final TransactionRuntime transactions;
  private final List<OpenResource> resources;
  private final Recovery recovery;
  private final AtomicBoolean closed = new AtomicBoolean();

  LookedAtStore(
      Tenure log,
      TransactionRuntime transactions,
      List<OpenResource> resources,
      Recovery recovery) {
    this.log = log;
    this.transactions = transactions;
    this.resources = resources;
    this.recovery = recovery;
  }

  @Override
  public Recovery recovery() {
    return recovery;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Closing steps = new Closing();
      steps.attempt(transactions.recovery()::close);
      resources.forEach(resource -> steps.attempt(resource.manager()::close));
      steps.attempt(transactions::close);
      steps.attempt(log::close);
      steps.rethrow();
    }
  }
}
