package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.dialect.XaCalls;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * H2's votes and outcomes, one at a time in this process. H2 keeps what a transaction is in several
 * maps, and writes them one after another while other threads change them: a vote written in the
 * middle of another branch's commit may leave that branch, after a kill, as one that never voted.
 * And the number of a branch that is being finished is given to the next one before its entry in
 * the list of prepared transactions is removed, which may then be the other's.
 *
 * <p>Safe for use by many threads.
 */
final class H2SerialXaResource implements XAResource {

  private static final ReentrantLock TURN = new ReentrantLock();

  private final XAResource driver;

  H2SerialXaResource(XAResource driver) {
    this.driver = driver;
  }

  /** Waits for its turn. */
  static <T> T get(XaCalls.Answer<T> call) throws XAException {
    TURN.lock();
    try {
      return call.get();
    } finally {
      TURN.unlock();
    }
  }

  /** As {@link #get}. */
  static void run(XaCalls.Step call) throws XAException {
    TURN.lock();
    try {
      call.run();
    } finally {
      TURN.unlock();
    }
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    return H2SerialXaResource.<Integer>get(() -> driver.prepare(xid));
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    run(() -> driver.commit(xid, onePhase));
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    run(() -> driver.rollback(xid));
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    driver.start(xid, flags);
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    driver.end(xid, flags);
  }

  @Override
  public void forget(Xid xid) throws XAException {
    driver.forget(xid);
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    return driver.recover(flags);
  }

  @Override
  public boolean isSameRM(XAResource other) {
    return other == this;
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return driver.getTransactionTimeout();
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return driver.setTransactionTimeout(seconds);
  }
}
