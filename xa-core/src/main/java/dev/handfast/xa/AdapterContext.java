package dev.handfast.xa;

import dev.handfast.xa.internal.narayana.TransactionRuntime;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Incoming;
import dev.handfast.xa.spi.ResourceContext;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the adapter of one resource is given. */
final class AdapterContext implements ResourceContext {

  private final String resource;
  private final TransactionRuntime transactions;
  private final Duration callTimeout;
  private final Transacted apart;

  AdapterContext(String resource, TransactionRuntime transactions, Duration callTimeout) {
    this.resource = resource;
    this.transactions = transactions;
    this.callTimeout = callTimeout;
    this.apart = new TransactedRunner(transactions.coordinator(), TxType.REQUIRES_NEW);
  }

  @Override
  public @Nullable GlobalTransaction current() {
    return transactions.current(resource);
  }

  @Override
  public Duration recoveryCallTimeout() {
    return callTimeout;
  }

  @Override
  public <X extends Exception> void transaction(@Nullable Duration timeout, Incoming<X> work)
      throws X {
    Transacted begun = timeout == null ? apart : apart.timeout(timeout);
    begun.<X>run(() -> work.in(Objects.requireNonNull(current(), "transaction")));
  }
}
