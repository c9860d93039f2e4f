package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionImple;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The Jakarta interfaces over the coordinator. They differ from Narayana's own in three ways: who
 * marked a transaction is remembered, resources that recovery does not know are refused, and a
 * closed runtime begins nothing.
 */
final class JakartaManager implements TransactionManager, UserTransaction {

  private final Coordinator coordinator;
  private final TransactionManager delegate;
  private final ThreadLocal<Integer> timeout = ThreadLocal.withInitial(() -> 0);

  JakartaManager(Coordinator coordinator) {
    this.coordinator = coordinator;
    this.delegate = coordinator.manager();
  }

  @Override
  public void begin() throws NotSupportedException {
    if (coordinator.current() != null) {
      throw new NotSupportedException("The thread already has a transaction");
    }
    coordinator.begin(timeout.get());
  }

  @Override
  public void commit()
      throws RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException,
          SystemException {
    coordinator.enter();
    try {
      delegate.commit();
    } finally {
      coordinator.leave();
    }
  }

  @Override
  public void rollback() throws SystemException {
    coordinator.enter();
    try {
      delegate.rollback();
    } finally {
      coordinator.leave();
    }
  }

  @Override
  public int getStatus() throws SystemException {
    return delegate.getStatus();
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
  public void setTransactionTimeout(int seconds) throws SystemException {
    if (seconds < 0) {
      throw new SystemException("A transaction timeout of " + seconds + " s: it must be 0 or more");
    }
    timeout.set(seconds);
  }

  @Override
  public @Nullable Transaction getTransaction() {
    LiveTransaction current = coordinator.current();
    return current == null ? null : new JakartaTransaction(current);
  }

  @Override
  public @Nullable Transaction suspend() throws SystemException {
    return delegate.suspend() instanceof TransactionImple imple
        ? new JakartaTransaction(coordinator.of(imple))
        : null;
  }

  @Override
  public void resume(@Nullable Transaction transaction)
      throws InvalidTransactionException, SystemException {
    if (!(transaction instanceof JakartaTransaction ours)) {
      throw new InvalidTransactionException("Not a transaction of this runtime: " + transaction);
    }
    delegate.resume(ours.live().delegate());
  }
}
