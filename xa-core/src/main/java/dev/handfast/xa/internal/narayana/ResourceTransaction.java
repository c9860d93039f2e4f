package dev.handfast.xa.internal.narayana;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.BranchResource;
import dev.handfast.xa.internal.branch.Recoverability;
import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import java.util.function.Supplier;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A running transaction as the adapter of one resource sees it. */
final class ResourceTransaction implements GlobalTransaction {

  private final LiveTransaction live;
  private final String resource;
  private final Coordinator coordinator;
  private final BranchLedger ledger;
  private final Decisions log;
  private final @Nullable Recoverability recovery;

  ResourceTransaction(
      LiveTransaction live,
      String resource,
      Coordinator coordinator,
      BranchLedger ledger,
      Decisions log,
      @Nullable Recoverability recovery) {
    this.live = live;
    this.resource = resource;
    this.coordinator = coordinator;
    this.ledger = ledger;
    this.log = log;
    this.recovery = recovery;
  }

  @Override
  public String gtrid() {
    return live.gtrid().hex();
  }

  @Override
  public boolean acceptsWork() {
    return live.isActive();
  }

  @Override
  public String refusal() {
    return live.refusal();
  }

  @Override
  public Branch enlist(XAResource xaResource) throws EnlistmentException {
    Recoverability side = recovery;
    String unrecoverable = side == null ? "it is being opened" : side.enlistmentRefusal();
    if (side == null || unrecoverable != null) {
      EnlistmentException failure = new EnlistmentException(refused(unrecoverable));
      live.mark(failure);
      throw failure;
    }
    reserve();
    BranchResource wrapper = ledger.wrap(xaResource, resource, side);
    boolean enlisted;
    try {
      enlisted = live.delegate().enlistResource(wrapper);
    } catch (RollbackException | SystemException | IllegalStateException e) {
      throw new EnlistmentException(refused(live.refusal()), e);
    } finally {
      if (!live.isOpen()) {
        live.over();
      }
    }
    TrackedBranch branch = wrapper.branch();
    if (!enlisted || branch == null) {
      EnlistmentException failure = new EnlistmentException(refused("its start failed"));
      Throwable cause = wrapper.startFailure();
      if (cause != null) {
        failure.initCause(cause);
      }
      live.mark(failure);
      throw failure;
    }
    return branch;
  }

  private void reserve() throws EnlistmentException {
    try {
      log.reserve(live.gtrid()).ifPresent(live::keep);
    } catch (LogStoreException e) {
      EnlistmentException failure = new EnlistmentException(refused(e.getMessage()), e);
      live.mark(failure);
      throw failure;
    }
  }

  private String refused(@Nullable String why) {
    return "Resource '" + resource + "' cannot take part in transaction " + gtrid() + ": " + why;
  }

  @Override
  public void register(Synchronization synchronization) {
    coordinator.registry().registerInterposedSynchronization(synchronization);
  }

  @Override
  public @Nullable Object get(Object key) {
    return live.delegate().getTxLocalResource(new Slot(resource, key));
  }

  @Override
  public void put(Object key, Object value) {
    live.delegate().putTxLocalResource(new Slot(resource, key), value);
  }

  @Override
  public void did(Supplier<String> what) {
    live.did(() -> "'" + resource + "': " + what.get());
  }

  @Override
  public String lastDone() {
    return live.lastDone();
  }

  private record Slot(String resource, Object key) {}

  @Override
  public void setRollbackOnly(Throwable cause) {
    live.mark(cause);
  }

  /** Equal for the same transaction and resource, so that adapters can use it as a key. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResourceTransaction that
        && live == that.live
        && resource.equals(that.resource);
  }

  @Override
  public int hashCode() {
    return live.gtrid().hashCode();
  }

  @Override
  public String toString() {
    return live + " on '" + resource + "'";
  }
}
