package dev.handfast.xa.spi;

import javax.transaction.xa.Xid;

/** One enlisted branch, as the adapter sees it that owns the branch's connection. */
public interface Branch {

  /** Returns the Xid of the branch. */
  Xid xid();

  /** Returns what is known of the branch at this moment. Any thread may ask. */
  BranchState state();

  /**
   * Runs an action once, as soon as the branch is finished: at once on the calling thread if it
   * already is, else on the thread that finishes it, which may be one of recovery. A branch that
   * has voted and is not finished must keep its connection until then.
   */
  void whenFinished(Runnable action);
}
