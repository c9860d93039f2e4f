package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionImple;
import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.decision.Resolution;
import dev.handfast.xa.internal.decision.Resolution.NotDecided;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.Uninterrupted;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Begins, finds and ends the transactions of threads. Safe for use by many threads. */
public final class Coordinator {

  private static final Logger LOG = Logger.getLogger(Coordinator.class);
  private static final Object KEY = new Object();
  private static final Duration OVER_WAIT = Duration.ofSeconds(5);

  private final TransactionManager manager =
      com.arjuna.ats.jta.TransactionManager.transactionManager();
  private final TransactionSynchronizationRegistry registry =
      new com.arjuna.ats.internal.jta.transaction.arjunacore
          .TransactionSynchronizationRegistryImple();
  private final BranchLedger ledger;
  private final RunningTransactionSet running = new RunningTransactionSet();
  private volatile @Nullable String closed;
  private volatile @Nullable String held;

  Coordinator(BranchLedger ledger) {
    this.ledger = ledger;
  }

  TransactionManager manager() {
    return manager;
  }

  TransactionSynchronizationRegistry registry() {
    return registry;
  }

  /** No transaction begins any more, for the given reason. */
  public void refuseNew(String reason) {
    closed = reason;
  }

  /** No transaction begins until {@link #letBegin}, for the given reason. */
  public void hold(String reason) {
    held = reason;
  }

  /** Ends {@link #hold}. */
  public void letBegin() {
    held = null;
  }

  private @Nullable String refusal() {
    String reason = closed;
    return reason == null ? held : reason;
  }

  /** The transactions that are running. */
  public Set<LiveTransaction> running() {
    return running.all();
  }

  /** The transaction of the calling thread, or null. */
  public @Nullable LiveTransaction current() {
    TransactionImple imple = TransactionImple.getTransaction();
    return imple == null ? null : of(imple);
  }

  LiveTransaction of(TransactionImple imple) {
    Object known = imple.getTxLocalResource(KEY);
    return known instanceof LiveTransaction live ? live : adopt(imple);
  }

  private LiveTransaction adopt(TransactionImple imple) {
    LiveTransaction live = new LiveTransaction(imple, ledger);
    imple.putTxLocalResource(KEY, live);
    if (live.isActive()) {
      running.add(live);
      registry.registerInterposedSynchronization(new Over(live));
    }
    return live;
  }

  /** Forgets a transaction when it is over; runs on the thread that ended it. */
  private final class Over implements Synchronization {

    private final LiveTransaction live;

    private Over(LiveTransaction live) {
      this.live = live;
    }

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      over(live);
    }
  }

  /** The log could not decide a transaction as Narayana asked. */
  void notDecided(Gtrid gtrid, NotDecided why) {
    LiveTransaction live = running.of(gtrid);
    if (live != null) {
      live.notDecided(why);
    }
  }

  private void over(LiveTransaction live) {
    live.over();
    running.remove(live);
    live.logged();
  }

  /**
   * Waits until no transaction is running and no thread is within a call that needs Narayana's
   * threads; false if the time was up first.
   */
  public boolean awaitIdle(Duration wait) {
    return running.awaitIdle(wait);
  }

  /** A thread is about to be within Narayana; to be followed by {@link #leave}. */
  void enter() {
    running.enter();
  }

  void leave() {
    running.leave();
  }

  /** Rolls back, from outside, every running transaction that has not begun to end. */
  public void abandon() {
    for (LiveTransaction live : running.live()) {
      if (live.isOpen()) {
        LOG.warnf("HANDFAST001051 The %s was still running at close and is rolled back", live);
        live.abandoned();
        try {
          live.delegate().rollback();
        } catch (IllegalStateException | SystemException e) {
          LOG.debugf(e, "The %s ended by itself meanwhile", live);
        }
      }
    }
  }

  /**
   * Begins a transaction on the calling thread.
   *
   * @param timeoutSeconds 0 for the default
   * @throws IllegalStateException if the runtime is closed, or the thread has a transaction
   */
  public LiveTransaction begin(int timeoutSeconds) {
    enter();
    try {
      return begun(timeoutSeconds);
    } finally {
      leave();
    }
  }

  private LiveTransaction begun(int timeoutSeconds) {
    String refusal = refusal();
    if (refusal != null) {
      throw new IllegalStateException(refusal);
    }
    try {
      if (timeoutSeconds > 0) {
        manager.setTransactionTimeout(timeoutSeconds);
      }
      manager.begin();
    } catch (NotSupportedException | SystemException e) {
      throw new IllegalStateException("No transaction could be begun: " + e.getMessage(), e);
    } finally {
      if (timeoutSeconds > 0) {
        resetTimeout();
      }
    }
    LiveTransaction live = current();
    if (live == null) {
      throw new IllegalStateException("The runtime is closed: no transaction can be begun");
    }
    String meanwhile = refusal();
    if (meanwhile != null) {
      rollback(live);
      throw new IllegalStateException(meanwhile);
    }
    return live;
  }

  private void resetTimeout() {
    try {
      manager.setTransactionTimeout(0);
    } catch (SystemException e) {
      throw new IllegalStateException("The timeout of the thread could not be reset", e);
    }
  }

  /** Takes the transaction off the thread; it goes on, and waits for {@link #resume}. */
  public void suspend() {
    try {
      manager.suspend();
    } catch (SystemException e) {
      throw new IllegalStateException("The transaction could not be suspended", e);
    }
  }

  /** Puts a suspended transaction back on the calling thread. */
  public void resume(LiveTransaction live) {
    try {
      manager.resume(live.delegate());
    } catch (InvalidTransactionException | SystemException e) {
      throw new IllegalStateException("The suspended " + live + " could not be resumed", e);
    }
  }

  /**
   * Commits the transaction of the calling thread, or rolls it back if it is marked or timed out,
   * and takes it off the thread. A pending interrupt is kept for afterwards.
   */
  public Completion commit(LiveTransaction live) {
    if (!live.isOpen()) {
      return release(live);
    }
    return Uninterrupted.call(() -> committed(live));
  }

  private Completion committed(LiveTransaction live) {
    enter();
    try {
      manager.commit();
      return new Completion.Committed();
    } catch (RollbackException e) {
      return rolledBack(live, e);
    } catch (HeuristicRollbackException | HeuristicMixedException e) {
      return heuristic(live);
    } catch (SystemException e) {
      throw new IllegalStateException("The outcome of " + live + " is unknown", e);
    } finally {
      over(live);
      leave();
    }
  }

  private static Completion heuristic(LiveTransaction live) {
    return live.notDecided() instanceof Resolution.Open open
        ? Verdict.undecided(live.branches(), open.reason())
        : Verdict.heuristic(live.branches());
  }

  private Completion rolledBack(LiveTransaction live, RollbackException e) {
    NotDecided failure = live.notDecided();
    if (failure instanceof Resolution.Open open) {
      return Verdict.undecided(live.branches(), open.reason());
    }
    if (failure != null) {
      String reason = "its decision could not be logged: " + failure.reason().getMessage();
      return Verdict.rolledBack(live.branches(), reason, failure.reason());
    }
    return live.wasMarked()
        ? Verdict.rolledBack(live.branches(), markedReason(live), live.rollbackCause())
        : Verdict.rolledBack(live.branches(), lateTimeout(live), cause(e));
  }

  /**
   * Takes a transaction that was ended from outside, by its timeout or a close, off the thread.
   * Waits for a rollback that is under way: it holds the lock that the suspension needs.
   */
  private Completion release(LiveTransaction live) {
    suspend();
    TransactionImple.removeTransaction(live.delegate());
    running.awaitOver(live, OVER_WAIT); // what ended it from outside may still be at it
    return Verdict.rolledBack(live.branches(), "it " + live.refusal(), null);
  }

  private static String markedReason(LiveTransaction live) {
    Throwable cause = live.rollbackCause();
    return cause == null
        ? "it was marked for rollback"
        : "it was marked for rollback because of " + cause;
  }

  /** The timeout may strike between our look and the commit; then no branch has refused. */
  private static @Nullable String lateTimeout(LiveTransaction live) {
    boolean refused = live.branches().stream().anyMatch(branch -> branch.refusal() != null);
    return refused || !live.isTimedOut() ? null : "it " + live.refusal();
  }

  private static Throwable cause(RollbackException e) {
    return e.getCause() == null ? e : e.getCause();
  }

  /** Rolls the transaction of the calling thread back and takes it off the thread. */
  public Completion rollback(LiveTransaction live) {
    if (!live.isOpen()) {
      return release(live);
    }
    Uninterrupted.run(() -> rollBack(live));
    return Verdict.rolledBack(live.branches(), "as asked", null);
  }

  private void rollBack(LiveTransaction live) {
    enter();
    try {
      manager.rollback();
    } catch (IllegalStateException | SystemException e) {
      if (live.isOpen()) {
        throw new IllegalStateException(live + " could not be rolled back", e);
      }
    } finally {
      over(live);
      leave();
    }
  }
}
