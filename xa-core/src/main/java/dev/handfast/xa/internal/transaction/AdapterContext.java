package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.Recoverability;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Incoming;
import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.ResourceContext;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the adapter of one resource is given. */
public final class AdapterContext implements ResourceContext {

  private final String resource;
  private final Coordinator coordinator;
  private final BranchLedger ledger;
  private final Decisions decisions;
  private final Duration callTimeout;
  private final Probes probes;
  private final NewTransaction apart;
  private volatile @Nullable Recoverability recovery;

  /**
   * @param resource its name
   * @param callTimeout of recovery
   * @param probes by which the resource manager may be tried out
   * @param apart runs work that comes in by the resource
   */
  public AdapterContext(
      String resource,
      Coordinator coordinator,
      BranchLedger ledger,
      Decisions decisions,
      Duration callTimeout,
      Probes probes,
      NewTransaction apart) {
    this.resource = resource;
    this.coordinator = coordinator;
    this.ledger = ledger;
    this.decisions = decisions;
    this.callTimeout = callTimeout;
    this.probes = probes;
    this.apart = apart;
  }

  /**
   * The resource is open, and recovery has a side of it. Before, it takes part in no transaction.
   */
  public void recoveredBy(Recoverability side) {
    recovery = side;
  }

  @Override
  public @Nullable GlobalTransaction current() {
    LiveTransaction live = coordinator.current();
    return live == null
        ? null
        : new ResourceTransaction(live, resource, ledger, decisions, recovery);
  }

  @Override
  public Duration recoveryCallTimeout() {
    return callTimeout;
  }

  @Override
  public Probes probes() {
    return probes;
  }

  @Override
  public <X extends Exception> void transaction(@Nullable Duration timeout, Incoming<X> work)
      throws X {
    apart.<X>run(timeout, () -> work.in(Objects.requireNonNull(current(), "transaction")));
  }
}
