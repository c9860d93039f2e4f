package dev.handfast.xa.internal.branch;

import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.spi.XidKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one branch: its state, the error that explains it, and who waits for its end.
 * Safe for use by many threads; a finished branch does not change any more.
 */
public final class TrackedBranch implements Branch {

  private static final MessageLog LOG = MessageLog.of(TrackedBranch.class);

  private final String resource;
  private final Xid xid;
  private final XidKey key;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> waiting = new ArrayList<>();
  private BranchState state = BranchState.ACTIVE;
  private @Nullable Throwable failure;
  private @Nullable Throwable refusal;
  private volatile boolean frozen;
  private volatile boolean toldInOnePhase;

  TrackedBranch(String resource, Xid xid) {
    this.resource = resource;
    this.xid = xid;
    this.key = XidKey.of(xid);
  }

  /** The name of the branch's resource. */
  public String resource() {
    return resource;
  }

  @Override
  public Xid xid() {
    return xid;
  }

  /** Its Xid, to be compared. */
  public XidKey key() {
    return key;
  }

  @Override
  public BranchState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** Why the branch was not committed with the others, or null if it did not object. */
  public @Nullable Throwable refusal() {
    lock.lock();
    try {
      return refusal;
    } finally {
      lock.unlock();
    }
  }

  /** How its resource manager ended it, if it did so on its own. */
  public Heuristic heuristic() {
    return XaErrors.heuristic(failure());
  }

  /** The error that explains the outcome: a heuristic one, else the first; or null. */
  public @Nullable Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void whenFinished(Runnable action) {
    lock.lock();
    try {
      if (!state.isFinished()) {
        waiting.add(action);
        return;
      }
    } finally {
      lock.unlock();
    }
    run(action);
  }

  /** Whoever waits may fail, but neither the others nor the transaction may suffer from it. */
  private void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      LOG.warnf(
          e,
          "HANDFAST001061 Something that waited for the end of %s failed; the branch's outcome"
              + " stands",
          this);
    }
  }

  /** From now on it takes no order. */
  public void freeze() {
    frozen = true;
  }

  boolean isFrozen() {
    return frozen;
  }

  /** It is about to be told to commit in one phase: from now on that may be done. */
  void tellInOnePhase() {
    toldInOnePhase = true;
  }

  /** Whether it was told to commit in one phase, and how that went is not known. */
  public boolean isUnanswered() {
    BranchState now = state();
    return toldInOnePhase && (now == BranchState.UNKNOWN || !now.isFinished());
  }

  /** Notes an error. */
  void failed(XAException error) {
    lock.lock();
    try {
      if (failure == null || XaErrors.isHeuristic(error.errorCode)) {
        failure = error;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Notes the error that makes the transaction roll back. */
  void refused(XAException error) {
    lock.lock();
    try {
      if (refusal == null) {
        refusal = error;
      }
    } finally {
      lock.unlock();
    }
    failed(error);
  }

  /** Moves on; a finished branch stays as it is. */
  public void become(BranchState next) {
    List<Runnable> released = List.of();
    lock.lock();
    try {
      if (state.isFinished()) {
        return;
      }
      state = next;
      if (next.isFinished()) {
        released = List.copyOf(waiting);
        waiting.clear();
      }
    } finally {
      lock.unlock();
    }
    released.forEach(this::run);
  }

  @Override
  public String toString() {
    return "branch " + key.bqual() + " of '" + resource + "' (" + state() + ")";
  }
}
