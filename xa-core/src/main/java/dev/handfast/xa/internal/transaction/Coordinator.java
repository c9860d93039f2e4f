package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.decision.Resolution.NotDecided;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.Uninterrupted;
import java.io.Serial;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one door: begins, finds and ends the transactions of threads, whichever interface asks for
 * it. An interrupt that is pending is kept for afterwards; whatever is thrown beneath, the calling
 * thread is in no ended transaction afterwards. Safe for use by many threads.
 */
public final class Coordinator implements AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(Coordinator.class);

  private static final String CLOSED = "was rolled back when the runtime was closed";

  private final TransactionEngine engine;
  private final BranchLedger ledger;
  private final RunningTransactionSet running;
  private final Duration defaultTimeout;
  private final Ending ending;
  private final AfterEnd afterEnd;
  private final ThreadTransactions threads = new ThreadTransactions();
  private final Timeouts timeouts;
  private final Duration patience;
  private volatile @Nullable String closed;
  private volatile @Nullable String held;

  /**
   * @param defaultTimeout of a transaction that is given none
   * @param callTimeout of one call to a resource manager
   * @param decidedToCommit whether the log holds the decision to commit a transaction
   */
  public Coordinator(
      TransactionEngine engine,
      BranchLedger ledger,
      RunningTransactionSet running,
      Duration defaultTimeout,
      Duration callTimeout,
      Predicate<Gtrid> decidedToCommit,
      Platform platform) {
    this.engine = engine;
    this.ledger = ledger;
    this.running = running;
    this.defaultTimeout = defaultTimeout;
    this.patience = callTimeout;
    this.ending = new Ending(decidedToCommit);
    this.afterEnd = new AfterEnd(running, threads);
    this.timeouts =
        new Timeouts(platform, this::watched, this::endFromOutside, this::takeOver, callTimeout);
  }

  private Collection<LiveTransaction> watched() {
    threads.forgetTheDead();
    return running.live();
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

  private void requireOpen() {
    String reason = closed == null ? held : closed;
    if (reason != null) {
      throw new IllegalStateException(reason);
    }
  }

  /** The transactions that are running. */
  public Set<LiveTransaction> running() {
    return running.all();
  }

  /** The transaction of the calling thread, or null. */
  public @Nullable LiveTransaction current() {
    return threads.current();
  }

  /** The log could not decide a transaction as it was asked. */
  public void notDecided(Gtrid gtrid, NotDecided why) {
    LiveTransaction live = running.of(gtrid);
    if (live != null) {
      live.notDecided(why);
    }
  }

  /** Why a transaction may not be decided to commit any more, for a reader, or null. */
  public @Nullable String veto(Gtrid gtrid) {
    LiveTransaction live = running.of(gtrid);
    return live == null ? null : live.veto();
  }

  /**
   * Waits until no transaction is running, no thread begins or ends one, and all synchronizations
   * have been told; false if the time was up first.
   */
  public boolean awaitIdle(Duration wait) {
    return running.awaitIdle(wait);
  }

  /** As {@link #awaitIdle}, but does not wait for synchronizations that are told of an end. */
  public boolean awaitEnds(Duration wait) {
    return running.awaitEnds(wait);
  }

  /**
   * Begins a transaction on the calling thread.
   *
   * @param timeout of it, or null for the default
   * @param label what the application calls it, or empty
   * @throws IllegalStateException if the runtime is closed, or the thread has a transaction
   */
  public LiveTransaction begin(@Nullable Duration timeout, String label) {
    running.enter();
    try {
      return Uninterrupted.call(() -> begun(timeout == null ? defaultTimeout : timeout, label));
    } finally {
      running.leave();
    }
  }

  private LiveTransaction begun(Duration timeout, String label) {
    requireOpen();
    LiveTransaction current = threads.current();
    if (current != null) {
      throw new IllegalStateException("The thread already has " + current);
    }
    TransactionTimeout timed = TransactionTimeout.in(timeout, timeouts.nanoTime());
    EngineTransaction begun = engine.begin(timed.seconds());
    LiveTransaction live = null;
    try {
      live = new LiveTransaction(begun, ledger, timeouts, timed, label);
      running.add(live);
      timeouts.lookAt(timed.end());
      threads.enter(live);
      requireOpen();
      return live;
    } catch (RuntimeException | Error e) {
      takeBack(begun, live, e);
      throw e;
    }
  }

  /** Takes each step, also where another one does not come to its end, as on a full stack. */
  private void takeBack(
      EngineTransaction begun, @Nullable LiveTransaction live, Throwable failure) {
    try {
      try {
        forget(live);
      } finally {
        begun.discard();
      }
    } catch (RuntimeException | Error e) {
      if (e != failure) { // the JVM may throw one object twice when memory is short
        failure.addSuppressed(e);
      }
    }
  }

  private void forget(@Nullable LiveTransaction live) {
    if (live != null) {
      try {
        threads.leaveWholly(live);
      } finally {
        running.remove(live);
      }
    }
  }

  /** Takes the transaction off the thread; it goes on, and waits for {@link #resume}. */
  public @Nullable LiveTransaction suspend() {
    return threads.leave();
  }

  /**
   * Puts a transaction on the calling thread.
   *
   * @throws IllegalStateException if the thread is in another one
   */
  public void resume(LiveTransaction live) {
    LiveTransaction current = threads.current();
    if (current != null) {
      throw new IllegalStateException(
          "The thread is in " + current + " and cannot go on in " + live);
    }
    threads.enter(live);
  }

  /** Takes a transaction off the calling thread, if it is in that one. */
  public void leave(LiveTransaction live) {
    threads.leave(live);
  }

  /**
   * Commits a transaction, or rolls it back if it is marked or timed out; on its own thread, it is
   * taken off that.
   */
  public Completion commit(LiveTransaction live) {
    return ended(live, true);
  }

  /** Rolls a transaction back; on its own thread, it is taken off that. */
  public Completion rollback(LiveTransaction live) {
    return ended(live, false);
  }

  private Completion ended(LiveTransaction live, boolean commit) {
    if (commit && live.lifecycle().isCompletedHere()) {
      throw new IllegalStateException(
          "The "
              + live
              + " is being committed: what is called before its completion cannot commit it. To"
              + " solve this, let it be committed by whoever has begun that.");
    }
    try {
      return Uninterrupted.call(() -> end(live, commit));
    } catch (Error e) {
      return toldLater(live, e);
    } finally {
      threads.leaveWholly(live);
    }
  }

  /** The end was thrown out of its way; another thread brings it to its end. */
  private Completion toldLater(LiveTransaction live, Error failure) {
    Completion end = live.isOpen() ? null : live.lifecycle().awaitCompletion(patience);
    if (end == null) {
      throw failure;
    }
    return end;
  }

  /** A close waits for the end, and not for a synchronization before it that never returns. */
  private Completion end(LiveTransaction live, boolean commit) {
    if (commit && live.isActive()) {
      if (!live.lifecycle().beginCompletion()) {
        return endedByAnother(live);
      }
      beforeCompletion(live);
    }
    running.enter();
    try {
      return live.claim() ? finish(live, commit) : endedByAnother(live);
    } finally {
      running.leave();
    }
  }

  private void beforeCompletion(LiveTransaction live) {
    try {
      threads.within(live, () -> live.synchronizations().before(live));
    } catch (RuntimeException | Error e) {
      live.mark(e);
    } finally {
      live.lifecycle().endCompletion();
    }
  }

  /** What another thread does with it may take longer than the caller can wait. */
  private Completion endedByAnother(LiveTransaction live) {
    Completion end = live.lifecycle().awaitCompletion(patience);
    if (end != null) {
      return end;
    }
    return live.isEndedFromOutside() || live.rollbackReason() != null
        ? Verdict.rolledBack(live.branches(), "it " + live.refusal(), live.rollbackCause())
        : Verdict.unknown(live.branches(), "another thread is ending it, and has not come back");
  }

  /** Ends a transaction whose end was claimed. */
  private Completion finish(LiveTransaction live, boolean commit) {
    if (!live.carry()) {
      return endedByAnother(live);
    }
    boolean done = false;
    try {
      Completion end = carriedOut(live, commit);
      afterEnd.of(live, end);
      done = true;
      return end;
    } finally {
      if (!done) {
        live.carrier = null;
      }
    }
  }

  /** Brings one to its end that an Error has thrown whoever carried it out of. */
  private void takeOver(LiveTransaction live) {
    running.enter();
    try {
      if (live.carry()) {
        Completion known = live.completion();
        afterEnd.of(live, known == null ? ending.lastResort(live, new GivenUpException()) : known);
      }
    } finally {
      running.leave();
    }
  }

  private static final class GivenUpException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private GivenUpException() {
      super("an error kept the thread that ended it from its work");
    }
  }

  private Completion carriedOut(LiveTransaction live, boolean commit) {
    try {
      live.lifecycle().awaitEnlistments(patience);
      return commit && live.rollbackReason() == null
          ? ending.commit(live)
          : ending.rollback(live, "as asked");
    } catch (Throwable e) {
      return ending.lastResort(live, e);
    }
  }

  private void endFromOutside(LiveTransaction live) {
    running.enter();
    try {
      ThreadTransactions.named(live);
      finish(live, false);
    } finally {
      ThreadTransactions.unnamed();
      running.leave();
    }
  }

  /**
   * Rolls back, from outside, every running transaction that nobody ends yet, and tells what holds
   * the others up; waits for nothing.
   */
  public void abandon() {
    for (LiveTransaction live : running.live()) {
      MessageLog.Stack holder = live.heldUpBy();
      if (live.claim(CLOSED)) {
        LOG.warnf(
            "HANDFAST001051 The %s was still running at close and is rolled back.%s", live, holder);
        timeouts.endApart(live);
      } else {
        LOG.warnf("HANDFAST001054 The %s is still ending at close.%s", live, holder);
      }
    }
    for (Thread thread : running.following()) {
      LOG.warnf(
          "HANDFAST001058 A synchronization has not returned from afterCompletion at close, and is"
              + " left to itself.%s",
          MessageLog.Stack.of(thread));
    }
  }

  /**
   * Has what the calling thread has left open rolled back, and takes it off the thread, because the
   * runtime is being closed; waits for nothing.
   */
  public void abandonOwn() {
    LiveTransaction own = threads.current();
    if (own == null) {
      return;
    }
    threads.leave(own);
    if (own.claim(CLOSED)) {
      LOG.warnf(
          "HANDFAST001056 The thread that closes the runtime had left %s open: it is rolled back."
              + " To solve this, end it before.",
          own);
      timeouts.endApart(own);
    }
  }

  /** Ends the watch over timeouts. No transaction is running. */
  @Override
  public void close() {
    timeouts.close();
  }

  /** Waits, after {@link #close}, for the threads that watch over timeouts. */
  public void awaitThreads(Duration longest) {
    timeouts.awaitThreads(longest);
  }
}
