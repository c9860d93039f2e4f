package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.BranchResource;
import dev.handfast.xa.internal.branch.Recoverability;
import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.transaction.Synchronizations.Group;
import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Uninterrupted;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import java.util.function.Supplier;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A running transaction as the adapter of one resource sees it. */
final class ResourceTransaction implements GlobalTransaction {

  private static final Object WATCHED = new Object();

  private final LiveTransaction live;
  private final String resource;
  private final BranchLedger ledger;
  private final Decisions log;
  private final @Nullable Recoverability recovery;

  ResourceTransaction(
      LiveTransaction live,
      String resource,
      BranchLedger ledger,
      Decisions log,
      @Nullable Recoverability recovery) {
    this.live = live;
    this.resource = resource;
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
      throw marked(new EnlistmentException(refused(unrecoverable)));
    }
    if (!live.isActive() || !live.lifecycle().beginEnlistment()) {
      throw new EnlistmentException(refused(live.refusal()));
    }
    try {
      return Uninterrupted.call(() -> enlisted(xaResource, side));
    } catch (RuntimeException | Error e) {
      live.mark(e);
      throw e;
    } finally {
      live.lifecycle().endEnlistment();
    }
  }

  private Branch enlisted(XAResource xaResource, Recoverability side) throws EnlistmentException {
    reserve();
    WatchedXaResource watched =
        live.enlisted().watch(new WatchedXaResource(xaResource, resource, live));
    put(WATCHED, watched);
    BranchResource wrapper = ledger.wrap(watched, resource, side);
    live.enlisted().add(wrapper);
    boolean enlisted;
    try {
      enlisted = live.engine().enlist(wrapper);
    } catch (RollbackException | SystemException | RuntimeException | Error e) {
      throw marked(new EnlistmentException(refused(live.refusal()), e));
    }
    TrackedBranch branch = wrapper.branch();
    if (!enlisted || branch == null) {
      Throwable cause = wrapper.startFailure();
      throw marked(
          cause == null
              ? new EnlistmentException(refused("its start failed"))
              : new EnlistmentException(refused("its start failed"), cause));
    }
    if (live.isOver()) {
      undo(wrapper);
      throw new EnlistmentException(refused(live.refusal()));
    }
    return branch;
  }

  /** The transaction ended while the branch was being started: nobody else rolls it back. */
  private void undo(BranchResource wrapper) {
    try {
      Ending.rollBack(wrapper);
    } finally {
      ledger.over(live.gtrid());
    }
  }

  private EnlistmentException marked(EnlistmentException failure) {
    live.mark(failure);
    return failure;
  }

  private void reserve() throws EnlistmentException {
    try {
      log.reserve(live.gtrid(), live::keep);
    } catch (LogStoreException e) {
      throw marked(new EnlistmentException(refused(e.getMessage()), e));
    }
  }

  private String refused(@Nullable String why) {
    return "Resource '" + resource + "' cannot take part in transaction " + gtrid() + ": " + why;
  }

  @Override
  public void register(Synchronization synchronization) {
    GuardedSynchronization guarded = new GuardedSynchronization(synchronization, this::watched);
    if (!live.isOpen() || !live.register(Group.RESOURCE, guarded)) {
      throw new IllegalStateException("The " + live + " is " + live.refusal());
    }
  }

  private @Nullable WatchedXaResource watched() {
    return (WatchedXaResource) get(WATCHED);
  }

  @Override
  public @Nullable Object get(Object key) {
    return live.values().get(new Slot(resource, key));
  }

  @Override
  public void put(Object key, Object value) {
    live.values().put(new Slot(resource, key), value);
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
