package dev.handfast.xa.jdbc;

import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Incoming;
import dev.handfast.xa.spi.ResourceContext;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Global transactions whose protocol a test drives step by step, as a transaction manager would, on
 * the real database.
 */
final class HandDriven implements ResourceContext {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Map<Thread, Tx> current = new ConcurrentHashMap<>();

  private Duration callTimeout = Duration.ofSeconds(5);

  Tx begin() {
    Tx tx = new Tx();
    enter(tx);
    return tx;
  }

  /** The calling thread enters a transaction of another thread, or leaves its own (null). */
  void enter(Tx tx) {
    current.compute(Thread.currentThread(), (thread, old) -> tx);
  }

  @Override
  public GlobalTransaction current() {
    return current.get(Thread.currentThread());
  }

  @Override
  public Duration recoveryCallTimeout() {
    return callTimeout;
  }

  @Override
  public <X extends Exception> void transaction(Duration timeout, Incoming<X> work) {
    throw new UnsupportedOperationException("a database takes no work in");
  }

  void recoveryCallTimeout(Duration timeout) {
    callTimeout = timeout;
  }

  /** A branch's id. */
  record TestXid(String gtrid, int branch) implements Xid {

    @Override
    public int getFormatId() {
      return 4711;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return gtrid.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] getBranchQualifier() {
      return ("b" + branch).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** One global transaction. */
  static final class Tx implements GlobalTransaction {

    private final String name = "tx-" + ProcessHandle.current().pid() + "-" + NUMBERS.addAndGet(1);
    private final Map<Object, Object> values = new ConcurrentHashMap<>();
    private final List<Synchronization> synchronizations = new ArrayList<>();
    private final List<TestBranch> branches = new ArrayList<>();
    private volatile String refusal;
    private volatile Supplier<String> last = () -> "";

    @Override
    public String gtrid() {
      return HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean acceptsWork() {
      return refusal == null;
    }

    @Override
    public String refusal() {
      return refusal;
    }

    void refuse(String why) {
      refusal = why;
    }

    @Override
    public Branch enlist(XAResource resource) throws EnlistmentException {
      var branch = new TestBranch(resource, new TestXid(name, branches.size()));
      try {
        resource.start(branch.xid, XAResource.TMNOFLAGS);
      } catch (XAException e) {
        refusal = "marked for rollback";
        throw new EnlistmentException("start failed", e);
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
      refusal = "marked for rollback (" + cause + ")";
    }

    List<TestBranch> branches() {
      return branches;
    }

    TestBranch branch() {
      return branches.get(0);
    }

    /** Before completion, end, prepare: every branch has voted. */
    void vote() throws XAException {
      synchronizations.forEach(Synchronization::beforeCompletion);
      refusal = "committing";
      for (TestBranch branch : branches) {
        branch.resource.end(branch.xid, XAResource.TMSUCCESS);
        branch.become(BranchState.PREPARING);
        branch.resource.prepare(branch.xid);
        branch.become(BranchState.PREPARED);
      }
    }

    void decide() throws XAException {
      for (TestBranch branch : branches) {
        branch.resource.commit(branch.xid, false);
        branch.become(BranchState.COMMITTED);
      }
    }

    /** After completion, whatever the branches' state. */
    void complete() {
      refusal = "completed";
      synchronizations.forEach(s -> s.afterCompletion(Status.STATUS_COMMITTED));
    }

    void commit() throws XAException {
      vote();
      decide();
      complete();
    }

    void rollback() throws XAException {
      refusal = "rolled back";
      for (TestBranch branch : branches) {
        branch.resource.end(branch.xid, XAResource.TMFAIL);
        branch.resource.rollback(branch.xid);
        branch.become(BranchState.ROLLED_BACK);
      }
      complete();
    }
  }

  /** One branch. */
  static final class TestBranch implements Branch {

    final XAResource resource;
    final Xid xid;
    private final List<Runnable> waiting = new ArrayList<>();
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
      if (state.isFinished()) {
        action.run();
      } else {
        waiting.add(action);
      }
    }

    void become(BranchState next) {
      state = next;
      if (next.isFinished()) {
        waiting.forEach(Runnable::run);
      }
    }
  }
}
