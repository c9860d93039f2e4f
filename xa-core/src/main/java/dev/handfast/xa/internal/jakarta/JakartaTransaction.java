package dev.handfast.xa.internal.jakarta;

import dev.handfast.xa.internal.branch.BranchResource;
import dev.handfast.xa.internal.transaction.Coordinator;
import dev.handfast.xa.internal.transaction.LiveTransaction;
import dev.handfast.xa.internal.transaction.Synchronizations.Group;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A transaction in Jakarta's terms; two are equal if it is the same one. */
final class JakartaTransaction implements Transaction {

  private final LiveTransaction live;
  private final Coordinator coordinator;
  private final JakartaOutcomes outcomes;

  JakartaTransaction(LiveTransaction live, Coordinator coordinator, JakartaOutcomes outcomes) {
    this.live = live;
    this.coordinator = coordinator;
    this.outcomes = outcomes;
  }

  LiveTransaction live() {
    return live;
  }

  boolean isOf(Coordinator other) {
    return coordinator == other;
  }

  @Override
  public boolean enlistResource(@Nullable XAResource resource)
      throws RollbackException, SystemException {
    if (resource == null) {
      throw new IllegalArgumentException("No XAResource was given to be enlisted in " + live);
    }
    requireTakes("a resource");
    if (!(resource instanceof BranchResource branch)) {
      throw new IllegalStateException(
          "An XAResource of "
              + resource.getClass().getName()
              + " cannot be enlisted in "
              + live
              + ": it has no name under which recovery could find it after a crash. To solve this,"
              + " define it as a resource of the runtime and use the handle that it gives.");
    }
    return live.enlist(branch);
  }

  @Override
  public boolean delistResource(@Nullable XAResource resource, int flag) throws SystemException {
    if (resource == null) {
      throw new IllegalArgumentException("No XAResource was given to be delisted from " + live);
    }
    requireOpen();
    return live.delist(resource, flag);
  }

  @Override
  public void registerSynchronization(@Nullable Synchronization synchronization)
      throws RollbackException {
    if (synchronization == null) {
      throw new IllegalArgumentException("No synchronization was given to " + live);
    }
    requireTakes("a synchronization");
    if (!live.register(Group.APPLICATION, synchronization)) {
      throw new IllegalStateException(
          "The synchronizations of "
              + live
              + " have been called: it takes no more, except interposed ones");
    }
  }

  private void requireTakes(String what) throws RollbackException {
    requireOpen();
    if (!live.isActive()) {
      throw new RollbackException(
          "The " + live + " takes no " + what + ": it is " + live.refusal());
    }
  }

  private void requireOpen() {
    requireOpen(live);
  }

  private static void requireOpen(LiveTransaction live) {
    if (!live.isOpen()) {
      throw new IllegalStateException("The " + live + " is not active: it is " + live.refusal());
    }
  }

  @Override
  public void setRollbackOnly() {
    mark(live);
  }

  static void mark(LiveTransaction live) {
    requireOpen(live);
    live.mark();
  }

  @Override
  public int getStatus() {
    return live.status();
  }

  @Override
  public void commit()
      throws RollbackException, HeuristicMixedException, HeuristicRollbackException {
    requireEndable();
    outcomes.tellCommit(live, coordinator.commit(live));
  }

  @Override
  public void rollback() throws SystemException {
    requireEndable();
    outcomes.tellRollback(live, coordinator.rollback(live));
  }

  /** One that was ended from outside is told how it ended. */
  private void requireEndable() {
    if (!live.isOpen() && !live.isEndedFromOutside()) {
      coordinator.leave(live);
      requireOpen();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JakartaTransaction that && live == that.live;
  }

  @Override
  public int hashCode() {
    return live.gtrid().hashCode();
  }

  @Override
  public String toString() {
    return live.toString();
  }
}
