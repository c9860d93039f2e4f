package dev.handfast.xa;

import dev.handfast.xa.internal.narayana.Coordinator;
import dev.handfast.xa.internal.runtime.NewTransaction;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs what comes in by a resource in a transaction of its own, through {@link Transacted}. */
final class TransactionsApart implements NewTransaction {

  private final Transacted apart;

  TransactionsApart(Coordinator coordinator) {
    this.apart = new TransactedRunner(coordinator, TxType.REQUIRES_NEW);
  }

  @Override
  public <X extends Exception> void run(@Nullable Duration timeout, Work<X> work) throws X {
    Transacted begun = timeout == null ? apart : apart.timeout(timeout);
    begun.<X>run(work::run);
  }
}
