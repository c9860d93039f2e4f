package dev.handfast.xa.internal.jakarta;

import dev.handfast.xa.internal.transaction.Coordinator;
import dev.handfast.xa.internal.transaction.LiveTransaction;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The Jakarta transaction manager over the coordinator. */
public final class JakartaManager implements TransactionManager {

  private final Coordinator coordinator;
  private final JakartaOutcomes outcomes;
  private final NextTimeouts timeouts = new NextTimeouts();

  /**
   * @param teller makes the causes of what is thrown
   */
  public JakartaManager(Coordinator coordinator, OutcomeTeller teller) {
    this.coordinator = coordinator;
    this.outcomes = new JakartaOutcomes(teller);
  }

  @Override
  public void begin() throws NotSupportedException {
    LiveTransaction current = coordinator.current();
    if (current != null) {
      throw new NotSupportedException(
          "The thread already has "
              + current
              + ", and transactions do not nest. To solve this, end it or suspend it first.");
    }
    coordinator.begin(timeouts.get(), "");
  }

  private LiveTransaction required(String what) {
    LiveTransaction current = coordinator.current();
    if (current == null) {
      throw new IllegalStateException(
          "The thread has no transaction to " + what + ". To solve this, begin one on it first.");
    }
    return current;
  }

  @Override
  public void commit()
      throws RollbackException, HeuristicMixedException, HeuristicRollbackException {
    LiveTransaction current = required("commit");
    outcomes.tellCommit(current, coordinator.commit(current));
  }

  @Override
  public void rollback() throws SystemException {
    LiveTransaction current = required("roll back");
    outcomes.tellRollback(current, coordinator.rollback(current));
  }

  @Override
  public int getStatus() {
    LiveTransaction current = coordinator.current();
    return current == null ? Status.STATUS_NO_TRANSACTION : current.status();
  }

  @Override
  public void setRollbackOnly() {
    JakartaTransaction.mark(required("mark for rollback"));
  }

  @Override
  public void setTransactionTimeout(int seconds) throws SystemException {
    if (seconds < 0) {
      throw new SystemException(
          "A transaction timeout of "
              + seconds
              + " s: it must be 0, for the default, or more. To solve this, give a number of"
              + " seconds.");
    }
    timeouts.set(Duration.ofSeconds(seconds));
  }

  @Override
  public @Nullable Transaction getTransaction() {
    return of(coordinator.current());
  }

  @Override
  public @Nullable Transaction suspend() {
    return of(coordinator.suspend());
  }

  private @Nullable Transaction of(@Nullable LiveTransaction live) {
    return live == null ? null : new JakartaTransaction(live, coordinator, outcomes);
  }

  /**
   * Puts a transaction on the thread, be it one that has timed out meanwhile: its end tells that.
   */
  @Override
  public void resume(@Nullable Transaction transaction) throws InvalidTransactionException {
    if (!(transaction instanceof JakartaTransaction ours) || !ours.isOf(coordinator)) {
      throw new InvalidTransactionException("Not a transaction of this runtime: " + transaction);
    }
    if (!ours.live().isOpen() && !ours.live().isEndedFromOutside()) {
      throw new InvalidTransactionException(
          "The " + transaction + " has ended: no thread can go on in it");
    }
    coordinator.resume(ours.live());
  }
}
