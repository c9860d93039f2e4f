package dev.handfast.xa.internal.jakarta;

import dev.handfast.xa.internal.transaction.Coordinator;
import dev.handfast.xa.internal.transaction.LiveTransaction;
import dev.handfast.xa.internal.transaction.Synchronizations.Group;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The synchronization registry over the coordinator. */
public final class JakartaRegistry implements TransactionSynchronizationRegistry {

  private final Coordinator coordinator;

  public JakartaRegistry(Coordinator coordinator) {
    this.coordinator = coordinator;
  }

  private LiveTransaction required() {
    LiveTransaction current = coordinator.current();
    if (current == null) {
      throw new IllegalStateException(
          "The thread has no transaction. To solve this, begin one on it first.");
    }
    return current;
  }

  @Override
  public @Nullable Object getTransactionKey() {
    LiveTransaction current = coordinator.current();
    return current == null ? null : current.gtrid();
  }

  private record Kept(Object key) {}

  @Override
  public void putResource(Object key, @Nullable Object value) {
    Kept kept = new Kept(Objects.requireNonNull(key, "key"));
    LiveTransaction current = required();
    if (value == null) {
      current.values().remove(kept);
    } else {
      current.values().put(kept, value);
    }
  }

  @Override
  public @Nullable Object getResource(Object key) {
    Kept kept = new Kept(Objects.requireNonNull(key, "key"));
    return required().values().get(kept);
  }

  @Override
  public void registerInterposedSynchronization(Synchronization synchronization) {
    Objects.requireNonNull(synchronization, "synchronization");
    LiveTransaction current = required();
    if (!current.isActive() || !current.register(Group.INTERPOSED, synchronization)) {
      throw new IllegalStateException(
          "The " + current + " takes no synchronization any more: it is " + current.refusal());
    }
  }

  @Override
  public int getTransactionStatus() {
    LiveTransaction current = coordinator.current();
    return current == null ? Status.STATUS_NO_TRANSACTION : current.status();
  }

  @Override
  public void setRollbackOnly() {
    JakartaTransaction.mark(required());
  }

  @Override
  public boolean getRollbackOnly() {
    return required().status() == Status.STATUS_MARKED_ROLLBACK;
  }
}
