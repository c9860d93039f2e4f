package dev.handfast.xa.artemis;

import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A global transaction that drives real branches, step by step as a test wants it. */
final class TestTransaction implements GlobalTransaction {

  private static final int TIMEOUT_SECONDS = 60;

  private volatile Supplier<String> last = () -> "";

  private final String gtrid = TestXid.random().gtrid();
  private final List<TestBranch> branches = new ArrayList<>();
  private final List<Synchronization> synchronizations = new ArrayList<>();
  private final Map<Object, Object> values = new ConcurrentHashMap<>();
  private volatile String refusal = "";

  @Override
  public String gtrid() {
    return gtrid;
  }

  @Override
  public boolean acceptsWork() {
    return refusal.isEmpty();
  }

  @Override
  public String refusal() {
    return refusal;
  }

  @Override
  public Branch enlist(XAResource resource) throws EnlistmentException {
    TestBranch branch = new TestBranch(resource, new TestXid(gtrid, "b" + branches.size()));
    try {
      resource.setTransactionTimeout(TIMEOUT_SECONDS);
      resource.start(branch.xid, XAResource.TMNOFLAGS);
    } catch (XAException e) {
      refusal = "marked for rollback (" + e.errorCode + ")";
      throw new EnlistmentException("start failed: " + e.errorCode, e);
    }
    branches.add(branch);
    return branch;
  }

  @Override
  public void register(Synchronization synchronization) {
    synchronizations.add(synchronization);
  }

  @Override
  public Object get(Object key) {
    return values.get(key);
  }

  @Override
  public void put(Object key, Object value) {
    values.put(key, value);
  }

  @Override
  public void did(Supplier<String> what) {
    last = what;
  }

  @Override
  public String lastDone() {
    return last.get();
  }

  @Override
  public void setRollbackOnly(Throwable cause) {
    refusal = "marked for rollback (" + cause.getMessage() + ")";
  }

  int branches() {
    return branches.size();
  }

  Xid xid() {
    return branches.get(0).xid;
  }

  BranchState state() {
    return branches.get(0).state;
  }

  /** Both phases, then the synchronizations. */
  void commit() throws XAException {
    prepare();
    commitPrepared();
    complete(Status.STATUS_COMMITTED);
  }

  void prepare() throws XAException {
    for (TestBranch branch : branches) {
      branch.resource.end(branch.xid, XAResource.TMSUCCESS);
      branch.state = BranchState.PREPARING;
      branch.resource.prepare(branch.xid);
      branch.state = BranchState.PREPARED;
    }
    refusal = "it is preparing";
  }

  /** As a transaction manager: what cannot be reached now is left to recovery. */
  void commitPrepared() throws XAException {
    for (TestBranch branch : branches) {
      try {
        branch.resource.commit(branch.xid, false);
        branch.state = BranchState.COMMITTED;
      } catch (XAException e) {
        if (e.errorCode != XAException.XA_RETRY) {
          throw e;
        }
      }
    }
  }

  void rollback() {
    refusal = refusal.isEmpty() ? "it is rolling back" : refusal;
    for (TestBranch branch : branches) {
      try {
        branch.resource.end(branch.xid, XAResource.TMFAIL);
      } catch (XAException e) {
        branch.state = BranchState.UNKNOWN;
      }
      try {
        branch.resource.rollback(branch.xid);
        branch.state = BranchState.ROLLED_BACK;
      } catch (XAException e) {
        branch.state = BranchState.UNKNOWN;
      }
    }
    complete(Status.STATUS_ROLLEDBACK);
  }

  /** Ends the association as a timeout does, while the transaction looks as if nothing happened. */
  void endQuietly() throws XAException {
    for (TestBranch branch : branches) {
      branch.resource.end(branch.xid, XAResource.TMFAIL);
    }
  }

  boolean setTimeout(int seconds) throws XAException {
    return branches.get(0).resource.setTransactionTimeout(seconds);
  }

  void complete(int status) {
    synchronizations.forEach(synchronization -> synchronization.afterCompletion(status));
  }

  private static final class TestBranch implements Branch {

    private final XAResource resource;
    private final Xid xid;
    private volatile BranchState state = BranchState.ACTIVE;

    TestBranch(XAResource resource, Xid xid) {
      this.resource = resource;
      this.xid = xid;
    }

    @Override
    public Xid xid() {
      return xid;
    }

    @Override
    public BranchState state() {
      return state;
    }

    @Override
    public void whenFinished(Runnable action) {
      throw new UnsupportedOperationException();
    }
  }
}
