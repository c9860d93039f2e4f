package dev.handfast.xa.it;

import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A branch of a resource manager of the tests; where it does nothing of its own, it agrees. */
public abstract class TestBranch implements XAResource {

  @Override
  public void start(Xid xid, int flags) {}

  @Override
  public void end(Xid xid, int flags) {}

  @Override
  public final boolean isSameRM(XAResource other) {
    return this == other;
  }

  @Override
  public final int getTransactionTimeout() {
    return 0;
  }

  @Override
  public final boolean setTransactionTimeout(int seconds) {
    return false;
  }
}
