package dev.handfast.xa.spi;

import javax.transaction.xa.Xid;

/** One enlisted branch, for the adapter that owns its connection. */
public interface Branch {

  /** The Xid of the branch. */
  Xid xid();

  /** What is known of the branch at this moment. Safe to ask on any thread. */
  BranchState state();

  /**
   * Runs an action once, as soon as the branch is finished: at once on the calling thread if it
   * already is, else on the thread that finishes it, which may be one of recovery. A branch that
   * voted and is not finished must keep its connection until then.
   */
  void whenFinished(Runnable action);
}
