package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.dialect.ForwardingXaResource;
import dev.handfast.xa.spi.Uninterrupted;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Lets the votes, outcomes and lists of H2 go one at a time in this process. H2 keeps the state of
 * a transaction in several maps, and writes them one after another while other threads change them:
 * a vote that is written in the middle of another branch's commit may leave that branch, after a
 * kill, as one that never voted. H2 also gives the number of a branch that is being finished to the
 * next branch before it removes the entry of the first from its list of prepared transactions, and
 * that entry may then be the other's. Safe for use by many threads.
 */
final class H2SerialXaResource extends ForwardingXaResource {

  private static final ReentrantLock TURN = new ReentrantLock();

  private final XAResource resource;
  private final Duration bound;

  /**
   * @param bound how long a call waits for its turn
   */
  H2SerialXaResource(XAResource resource, Duration bound) {
    this.resource = resource;
    this.bound = bound;
  }

  @Override
  protected <T> T ask(XaCall.Question<T> call) throws XAException {
    return call.ask(resource);
  }

  /** Passes a call on when its turn has come. */
  private <T> T inTurn(XaCall.Question<T> call) throws XAException {
    awaitTurn();
    try {
      return ask(call);
    } finally {
      TURN.unlock();
    }
  }

  private void awaitTurn() throws XAException {
    if (TURN.tryLock()) {
      return;
    }
    long end = System.nanoTime() + bound.toNanos();
    if (!Uninterrupted.<Boolean, XAException>await(
        () -> TURN.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS))) {
      throw XaErrors.of(
          XAException.XAER_RMFAIL,
          "H2 has not ended the call of another branch within " + bound.toMillis() + " ms");
    }
  }

  private void inTurnOrder(XaCall.Order call) throws XAException {
    inTurn(call.asQuestion());
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    return inTurn(driver -> driver.prepare(xid));
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    inTurnOrder(driver -> driver.commit(xid, onePhase));
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    inTurnOrder(driver -> driver.rollback(xid));
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    return inTurn(driver -> driver.recover(flags));
  }
}
