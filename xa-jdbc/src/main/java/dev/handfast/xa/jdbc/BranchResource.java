package dev.handfast.xa.jdbc;

import dev.handfast.xa.spi.XaErrors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * The XAResource of one connection: ends the application's use of the connection before its branch
 * ends, keeps account of the vote, and makes the driver's codes say what happened.
 */
final class BranchResource implements XAResource {

  private final XAResource driver;
  private final Dialect dialect;
  private final PhysicalConnection connection;

  BranchResource(XAResource driver, Dialect dialect, PhysicalConnection connection) {
    this.driver = driver;
    this.dialect = dialect;
    this.connection = connection;
  }

  PhysicalConnection connection() {
    return connection;
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    run(XaCall.START, () -> driver.start(xid, flags));
    ConnectionUse use = connection.use();
    if (use != null) {
      use.resume();
    }
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    ConnectionUse use = connection.use();
    if (use != null) {
      use.end();
    }
    run(XaCall.END, () -> driver.end(xid, flags));
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    connection.voting(xid);
    try {
      int vote = XaCall.PREPARE.run(dialect, () -> driver.prepare(xid));
      if (vote == XA_RDONLY) {
        connection.settled(xid);
      }
      return vote;
    } catch (XAException e) {
      connection.distrust();
      if (XaErrors.isRollback(e.errorCode)) {
        connection.settled(xid);
      }
      throw e;
    }
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    run(onePhase ? XaCall.COMMIT_ONE_PHASE : XaCall.COMMIT, () -> driver.commit(xid, onePhase));
    connection.settled(xid);
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    run(XaCall.ROLLBACK, () -> driver.rollback(xid));
    connection.settled(xid);
  }

  @Override
  public void forget(Xid xid) throws XAException {
    run(XaCall.FORGET, () -> driver.forget(xid));
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    return XaCall.RECOVER.run(dialect, () -> driver.recover(flags));
  }

  @Override
  public boolean isSameRM(XAResource other) {
    return other == this;
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return XaCall.OTHER.run(dialect, driver::getTransactionTimeout);
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return XaCall.OTHER.run(dialect, () -> driver.setTransactionTimeout(seconds));
  }

  private interface Step {
    void run() throws XAException;
  }

  private void run(XaCall call, Step step) throws XAException {
    try {
      call.<Boolean>run(
          dialect,
          () -> {
            step.run();
            return true;
          });
    } catch (XAException e) {
      connection.distrust();
      throw e;
    }
  }
}
