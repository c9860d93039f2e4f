package dev.handfast.xa.testkit.contract;

import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.XaErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** One branch of a {@link ManualTransaction}. Safe for use by many threads. */
public final class ManualBranch implements Branch {

  private final XAResource resource;
  private final Xid xid;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> waiting = new ArrayList<>();
  private volatile BranchState state = BranchState.ACTIVE;
  private volatile boolean ended;

  ManualBranch(XAResource resource, Xid xid) {
    this.resource = resource;
    this.xid = xid;
  }

  /** The resource that the adapter has enlisted, for calls that no transaction makes. */
  public XAResource resource() {
    return resource;
  }

  @Override
  public Xid xid() {
    return xid;
  }

  @Override
  public BranchState state() {
    return state;
  }

  /**
   * Ends the work in the branch, once: a second call does nothing. The branch stays active.
   *
   * @param flags {@code TMSUCCESS} or {@code TMFAIL} of {@link XAResource}
   */
  public void end(int flags) throws XAException {
    if (!ended) {
      ended = true;
      resource.end(xid, flags);
    }
  }

  /** Ends the work and asks for the vote; it is unknown if that fails. */
  void vote() throws XAException {
    end(XAResource.TMSUCCESS);
    become(BranchState.PREPARING);
    int vote = resource.prepare(xid);
    become(vote == XAResource.XA_RDONLY ? BranchState.READ_ONLY : BranchState.PREPARED);
  }

  /** Commits; a branch that asks to be called again is left to recovery, prepared. */
  void commit(boolean onePhase) throws XAException {
    try {
      resource.commit(xid, onePhase);
      become(BranchState.COMMITTED);
    } catch (XAException e) {
      if (e.errorCode != XAException.XA_RETRY) {
        throw e;
      }
    }
  }

  /**
   * Ends the work and rolls the branch back, even if its work could not be ended. That the work is
   * lost is an answer to its end, and no failure.
   */
  void rollback() throws XAException {
    XAException refusal = null;
    try {
      end(XAResource.TMFAIL);
    } catch (XAException e) {
      refusal = XaErrors.isRollback(e.errorCode) ? null : e;
    }
    try {
      resource.rollback(xid);
      become(BranchState.ROLLED_BACK);
    } catch (XAException e) {
      become(BranchState.UNKNOWN);
      refusal = refusal == null ? e : refusal;
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  /**
   * Gives the branch another state, as recovery does when it has found out what became of it. If it
   * is finished then, those who wait for that are called on this thread.
   */
  public void become(BranchState next) {
    List<Runnable> told = List.of();
    lock.lock();
    try {
      state = next;
      if (next.isFinished()) {
        told = List.copyOf(waiting);
        waiting.clear();
      }
    } finally {
      lock.unlock();
    }
    told.forEach(Runnable::run);
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
    action.run();
  }
}
