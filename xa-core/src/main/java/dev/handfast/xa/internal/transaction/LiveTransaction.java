package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.BranchResource;
import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.decision.Resolution.NotDecided;
import dev.handfast.xa.internal.log.Reservation;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.MessageLog;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * One running transaction. Its thread works in it; a timeout or the close of the runtime may end it
 * from another one. Whoever {@linkplain #claim claims} its end carries that out alone; after that
 * only its state can be asked. Safe for use by many threads.
 */
public final class LiveTransaction {

  private static final AtomicReferenceFieldUpdater<LiveTransaction, @Nullable Thread> CARRIER =
      AtomicReferenceFieldUpdater.newUpdater(LiveTransaction.class, Thread.class, "carrier");

  /** Who carries the claimed end out. Given back by an assignment, which needs no stack. */
  volatile @Nullable Thread carrier;

  private final EngineTransaction engine;
  private final BranchLedger ledger;
  private final Timeouts timeouts;
  private final Gtrid gtrid;
  private final TransactionTimeout timeout;
  private final String label;
  private final Lifecycle lifecycle = new Lifecycle();
  private final Synchronizations synchronizations = new Synchronizations();
  private final Map<Object, Object> values = new ConcurrentHashMap<>(4);
  private final RollbackWish rollback = new RollbackWish();
  private final ReservedRoom room = new ReservedRoom();
  private final EnlistedBranches branches;
  private volatile @Nullable NotDecided notDecided;
  private volatile @Nullable Thread thread;
  private volatile Supplier<String> lastDone = () -> "";
  private int joined;
  private long unattendedSince;

  LiveTransaction(
      EngineTransaction engine,
      BranchLedger ledger,
      Timeouts timeouts,
      TransactionTimeout timeout,
      String label) {
    this.engine = engine;
    this.ledger = ledger;
    this.timeouts = timeouts;
    this.gtrid = engine.gtrid();
    this.branches = new EnlistedBranches(gtrid, ledger);
    this.timeout = timeout;
    this.label = label;
  }

  EngineTransaction engine() {
    return engine;
  }

  /** The global transaction id. */
  public Gtrid gtrid() {
    return gtrid;
  }

  /** What the application calls it; empty if it has no name. */
  String label() {
    return label;
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  Synchronizations synchronizations() {
    return synchronizations;
  }

  /**
   * Registers a synchronization.
   *
   * @return false if those of its group have been called already
   */
  public boolean register(Synchronizations.Group group, Synchronization synchronization) {
    return synchronizations.add(group, synchronization);
  }

  /** Starts a branch; false if it could not be started. */
  public boolean enlist(BranchResource branch) throws RollbackException, SystemException {
    return engine.enlist(branch);
  }

  /** Ends the work of a branch; false if it is none, or that failed and it can only roll back. */
  public boolean delist(XAResource branch, int flag) throws SystemException {
    boolean delisted = engine.delist(branch, flag);
    if (!delisted && engine.status() == Status.STATUS_MARKED_ROLLBACK) {
      mark(new XAException("The work of " + branch + " could not be ended"));
    }
    return delisted;
  }

  /** What adapters and the application keep with it. */
  public Map<Object, Object> values() {
    return values;
  }

  /** True while work may be done in it and branches be added. */
  public boolean isActive() {
    return acceptsBodies() && !rollback.isThere();
  }

  /** True until somebody ends it. */
  public boolean isOpen() {
    return lifecycle.isOpen();
  }

  /** True while a body may join it, be it marked for rollback. */
  public boolean acceptsBodies() {
    return lifecycle.isOpen() && !isTimedOut();
  }

  /** True once its branches and the log are as its end left them. */
  boolean isOver() {
    return lifecycle.completion() != null;
  }

  boolean isTimedOut() {
    return timeout.isOver(timeouts.nanoTime());
  }

  /** One of {@link Status}. */
  public int status() {
    Completion end = lifecycle.completion();
    if (end != null) {
      return end.status();
    }
    if (!lifecycle.isOpen()) {
      return engine.status();
    }
    return isActive() ? Status.STATUS_ACTIVE : Status.STATUS_MARKED_ROLLBACK;
  }

  /** Why it takes no work, for a message. */
  public String refusal() {
    String outside = lifecycle.outside();
    if (outside != null) {
      return outside;
    }
    if (isTimedOut() && !isOver()) {
      return timedOut();
    }
    if (!lifecycle.isOpen()) {
      return "already ended";
    }
    return rollback.refusal();
  }

  /** That it has timed out, and after what, for a message. */
  String timedOut() {
    String done = lastDone();
    return "timed out after " + timeout + (done.isEmpty() ? "" : ", last: " + done);
  }

  /** When it times out, in the time of {@link System#nanoTime}. */
  TransactionTimeout timeout() {
    return timeout;
  }

  /** Notes the last thing that was done in it. */
  void did(Supplier<String> what) {
    lastDone = what;
  }

  String lastDone() {
    return lastDone.get();
  }

  /** A body that joined begins. */
  public void join() {
    joined++;
  }

  /** A body that joined is over. */
  public void leave() {
    joined--;
  }

  /** The thread that works in it, or null. */
  @Nullable Thread thread() {
    return thread;
  }

  void thread(@Nullable Thread associated) {
    thread = associated;
  }

  /** Makes rollback the only outcome, because of an error; the first one is kept. */
  public void mark(Throwable why) {
    rollback.because(why);
  }

  /** Makes rollback the only outcome, and notes who wanted it. */
  public void mark() {
    rollback.mark();
  }

  /**
   * The body that began it wants it rolled back without an exception.
   *
   * @throws IllegalStateException if a body asks that has joined it, or it is over
   */
  public void endWithoutEffect() {
    if (joined > 0 || !lifecycle.isOpen()) {
      throw new IllegalStateException(
          joined > 0
              ? "The work joined "
                  + this
                  + ", which another body began: only that one can end it without effect. To solve"
                  + " this, throw an exception, or run the work in REQUIRES_NEW."
              : "The " + this + " is " + refusal() + ": it cannot be ended without effect");
    }
    rollback.withoutEffect();
  }

  /** The body that began it asked for its rollback. */
  public boolean endsWithoutEffect() {
    return rollback.isWithoutEffect();
  }

  /** Why it is rolled back, for a reader, or null if nobody asked for it. */
  @Nullable String rollbackReason() {
    if (lifecycle.outside() != null) {
      return "it " + lifecycle.outside();
    }
    return isTimedOut() && !rollback.hasError() ? "it " + timedOut() : rollback.reason();
  }

  /** The first error that made it roll back, else where it was marked; or null. */
  @Nullable Throwable rollbackCause() {
    return rollback.cause();
  }

  /** It could not be decided as asked. */
  void notDecided(NotDecided why) {
    notDecided = why;
  }

  /** Why it could not be decided; null if it could, or was never to be. */
  @Nullable NotDecided notDecided() {
    return notDecided;
  }

  /** Why it may not be decided to commit any more, for a reader, or null. */
  @Nullable String veto() {
    return isTimedOut() || lifecycle.outside() != null ? rollbackReason() : null;
  }

  /** The branches, and the calls to them. */
  EnlistedBranches enlisted() {
    return branches;
  }

  /** The moment of a call's bound, in the time of {@link System#nanoTime}. */
  long momentIn(long bound) {
    return timeouts.nanoTime() + bound;
  }

  /** Sees to it that somebody looks at the calls at that moment. */
  void lookAt(long moment) {
    timeouts.lookAt(moment);
  }

  /** How long a call to a resource manager may take, in nanoseconds. */
  long callBound() {
    return timeouts.callBound();
  }

  /** How long a vote or a commit may take: as long as a call, or as long as the transaction may. */
  long phaseBound() {
    return Math.max(callBound(), timeout.nanos());
  }

  /** What holds it up, for a reader. */
  MessageLog.Stack heldUpBy() {
    String calls = branches.callsUnderWay();
    Thread held = thread;
    MessageLog.Stack stack = held == null ? MessageLog.Stack.none() : MessageLog.Stack.of(held);
    return stack.after(calls);
  }

  /** Claims the end; false if another has. */
  boolean claim() {
    return lifecycle.claim(null);
  }

  /** As {@link #claim}, on another thread than the one that works in it, and says why. */
  boolean claim(String why) {
    return lifecycle.claim(why);
  }

  /** The calling thread alone carries the claimed end out; false if another does. */
  boolean carry() {
    return CARRIER.compareAndSet(this, null, Thread.currentThread());
  }

  /** Its end was claimed, and nobody carries it out, or what follows it. */
  boolean isUnattended() {
    return !lifecycle.isOpen() && carrier == null;
  }

  /** Whether it has been so for a time; the thread that looks at timeouts asks. */
  boolean isUnattendedFor(long nanos) {
    long now = timeouts.nanoTime();
    if (unattendedSince == 0) {
      unattendedSince = now;
      timeouts.lookAt(now + nanos);
    }
    return now - unattendedSince >= nanos;
  }

  /** How it ended, or null. */
  @Nullable Completion completion() {
    return lifecycle.completion();
  }

  /** A timeout or the close of the runtime has ended it, or is about to. */
  public boolean isEndedFromOutside() {
    return lifecycle.outside() != null;
  }

  List<TrackedBranch> branches() {
    return branches.all();
  }

  /** Keeps room in the log until {@link #logged}; gives it back at once after that. */
  void keep(Reservation more) {
    room.keep(more);
  }

  /** It logs nothing more. */
  void logged() {
    room.giveBack();
  }

  /** The end: what is unfinished is recovery's from now on. */
  void over(Completion end) {
    try {
      branches.ended();
    } finally {
      lifecycle.complete(end);
      ledger.over(gtrid);
    }
  }

  @Override
  public String toString() {
    return "transaction " + gtrid;
  }
}
