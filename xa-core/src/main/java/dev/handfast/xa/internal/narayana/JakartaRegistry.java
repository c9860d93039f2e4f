package dev.handfast.xa.internal.narayana;

import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.jspecify.annotations.Nullable;

/** The synchronization registry; remembers who marked a transaction for rollback. */
final class JakartaRegistry implements TransactionSynchronizationRegistry {

  private final Coordinator coordinator;
  private final TransactionSynchronizationRegistry delegate;

  JakartaRegistry(Coordinator coordinator) {
    this.coordinator = coordinator;
    this.delegate = coordinator.registry();
  }

  @Override
  public @Nullable Object getTransactionKey() {
    LiveTransaction current = coordinator.current();
    return current == null ? null : current.gtrid();
  }

  @Override
  public void putResource(Object key, Object value) {
    delegate.putResource(key, value);
  }

  @Override
  public @Nullable Object getResource(Object key) {
    return delegate.getResource(key);
  }

  @Override
  public void registerInterposedSynchronization(Synchronization synchronization) {
    delegate.registerInterposedSynchronization(synchronization);
  }

  @Override
  public int getTransactionStatus() {
    return delegate.getTransactionStatus();
  }

  @Override
  public void setRollbackOnly() {
    LiveTransaction current = coordinator.current();
    if (current == null) {
      throw new IllegalStateException("The thread has no transaction to mark for rollback");
    }
    current.mark(null);
  }

  @Override
  public boolean getRollbackOnly() {
    return delegate.getRollbackOnly();
  }
}
