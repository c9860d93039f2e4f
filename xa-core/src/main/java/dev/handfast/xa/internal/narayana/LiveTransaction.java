package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionImple;
import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.decision.Resolution.NotDecided;
import dev.handfast.xa.internal.log.Reservation;
import dev.handfast.xa.spi.Gtrid;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One running transaction. Its thread uses it; a timeout may end it from another one, after which
 * only its state can be asked.
 */
public final class LiveTransaction {

  private final TransactionImple delegate;
  private final BranchLedger ledger;
  private final Gtrid gtrid;
  private final long begun = System.nanoTime();
  private final int timeoutSeconds;
  private volatile List<TrackedBranch> ended = List.of();
  private volatile @Nullable Throwable rollbackCause;
  private volatile boolean markedByOutermost;
  private volatile boolean abandoned;
  private volatile boolean marked;
  private volatile boolean loggedAll;
  private final Queue<Reservation> reserved = new ConcurrentLinkedQueue<>();
  private volatile @Nullable NotDecided notDecided;
  private volatile Supplier<String> lastDone = () -> "";
  private int joined;

  LiveTransaction(TransactionImple delegate, BranchLedger ledger) {
    this.delegate = delegate;
    this.ledger = ledger;
    this.gtrid = NarayanaTransactions.gtrid(delegate.get_uid());
    this.timeoutSeconds = delegate.getTimeout();
  }

  TransactionImple delegate() {
    return delegate;
  }

  /** The global transaction id. */
  public Gtrid gtrid() {
    return gtrid;
  }

  /** True while branches may be added. */
  public boolean isActive() {
    return status() == Status.STATUS_ACTIVE;
  }

  /** True while it can still be committed or rolled back by its thread. */
  public boolean isOpen() {
    return isActive() || status() == Status.STATUS_MARKED_ROLLBACK;
  }

  private boolean isMarked() {
    return status() == Status.STATUS_MARKED_ROLLBACK;
  }

  private int status() {
    try {
      return delegate.getStatus();
    } catch (SystemException e) {
      throw new IllegalStateException("The status of transaction " + gtrid + " is unknown", e);
    }
  }

  /** Why it takes no work, for a message. */
  public String refusal() {
    if (!isOpen() && abandoned) {
      return "was rolled back when the runtime was closed";
    }
    if (!isOpen()) {
      return isTimedOut() ? timedOut() : "already ended";
    }
    Throwable cause = rollbackCause;
    return cause == null ? "marked for rollback" : "marked for rollback: " + cause;
  }

  private String timedOut() {
    String done = lastDone();
    return "timed out after " + timeoutSeconds + " s" + (done.isEmpty() ? "" : ", last: " + done);
  }

  /** Notes the last thing that was done in it. */
  void did(Supplier<String> what) {
    lastDone = what;
  }

  String lastDone() {
    return lastDone.get();
  }

  /** The runtime is about to roll it back from outside. */
  void abandoned() {
    abandoned = true;
  }

  /** Whether this is the same transaction: one that was ended from outside may be found anew. */
  public boolean isSameAs(@Nullable LiveTransaction other) {
    return this == other || (abandoned && other != null && gtrid.equals(other.gtrid));
  }

  boolean isTimedOut() {
    return timeoutSeconds > 0
        && System.nanoTime() - begun >= TimeUnit.SECONDS.toNanos(timeoutSeconds);
  }

  /** A body that joined begins. */
  public void join() {
    joined++;
  }

  /** A body that joined is over. */
  public void leave() {
    joined--;
  }

  /** Makes rollback the only outcome and notes who wanted it; the first cause is kept. */
  public void mark(@Nullable Throwable cause) {
    if (!isOpen()) {
      return;
    }
    marked = true;
    if (!isMarked()) {
      markedByOutermost = cause == null && joined == 0;
      rollbackCause = cause;
    } else if (joined > 0 || cause != null) {
      markedByOutermost = false;
      rollbackCause = rollbackCause == null ? cause : rollbackCause;
    }
    try {
      delegate.setRollbackOnly();
    } catch (IllegalStateException | SystemException e) {
      if (isOpen()) {
        throw new IllegalStateException("Transaction " + gtrid + " cannot be marked", e);
      }
    }
  }

  /** The outermost body itself, and nobody else, asked for the rollback. */
  public boolean markedByOutermost() {
    return isMarked() && markedByOutermost;
  }

  /** It could not be decided as Narayana asked. */
  void notDecided(NotDecided why) {
    notDecided = why;
  }

  /** Why it could not be decided; null if it could, or was never to be. */
  @Nullable NotDecided notDecided() {
    return notDecided;
  }

  /** Somebody has asked for the rollback, be it while the transaction was being completed. */
  boolean wasMarked() {
    return marked;
  }

  @Nullable Throwable rollbackCause() {
    return rollbackCause;
  }

  List<TrackedBranch> branches() {
    List<TrackedBranch> current = ledger.branches(gtrid); // first: over() may be running
    Set<TrackedBranch> all = new LinkedHashSet<>(ended);
    all.addAll(current);
    return List.copyOf(all);
  }

  /** Keeps room in the log until {@link #logged}; gives it back at once after that. */
  void keep(Reservation room) {
    reserved.add(room);
    if (loggedAll) {
      giveBack();
    }
  }

  /** It logs nothing more. */
  void logged() {
    loggedAll = true;
    giveBack();
  }

  private void giveBack() {
    for (Reservation room = reserved.poll(); room != null; room = reserved.poll()) {
      room.giveBack();
    }
  }

  /** The end of the transaction: what is unfinished is recovery's from now on. */
  void over() {
    ended = branches();
    ledger.over(gtrid);
  }

  @Override
  public String toString() {
    return "transaction " + gtrid;
  }
}
