package dev.handfast.xa.testkit.contract;

import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Incoming;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.XidKey;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Global transactions of one branch whose protocol a test drives step by step, as a transaction
 * manager would; the other side of a resource adapter without a runtime. For one thread.
 */
public final class ManualTransactions implements ResourceContext {

  private final Duration callTimeout;
  private @Nullable Transaction current;

  /**
   * No transaction is there yet.
   *
   * @param callTimeout what the adapter is told of the deadline of recovery's calls
   */
  public ManualTransactions(Duration callTimeout) {
    this.callTimeout = callTimeout;
  }

  /** Begins a transaction whose branch will have the given Xid. */
  public Transaction begin(Xid xid) {
    Transaction begun = new Transaction(xid);
    current = begun;
    return begun;
  }

  /** The calling thread is in no transaction any more. */
  public void leave() {
    current = null;
  }

  @Override
  public @Nullable GlobalTransaction current() {
    return current;
  }

  @Override
  public Duration recoveryCallTimeout() {
    return callTimeout;
  }

  /** Not offered: a transaction has only one branch, and the test drives it. */
  @Override
  public <X extends Exception> void transaction(@Nullable Duration timeout, Incoming<X> work) {
    throw new UnsupportedOperationException(
        "the test begins the transactions; to take work in, start a runtime");
  }

  /** One global transaction with one branch. */
  public static final class Transaction implements GlobalTransaction, Branch {

    private final Xid xid;
    private final Map<Object, Object> values = new HashMap<>();
    private final List<Synchronization> synchronizations = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private @Nullable XAResource resource;
    private BranchState state = BranchState.ACTIVE;
    private String refusal = "";
    private Supplier<String> last = () -> "";

    private Transaction(Xid xid) {
      this.xid = xid;
    }

    private XAResource resource() {
      return Objects.requireNonNull(resource, "no branch was enlisted");
    }

    /** Ends the work and asks the branch for its vote. */
    public void vote() throws XAException {
      endOfWork();
      become(BranchState.PREPARING);
      int vote = resource().prepare(xid);
      become(vote == XAResource.XA_RDONLY ? BranchState.READ_ONLY : BranchState.PREPARED);
    }

    /** Commits the branch that has voted. */
    public void commit() throws XAException {
      resource().commit(xid, false);
      become(BranchState.COMMITTED);
      complete();
    }

    /** Ends the work and commits the branch in one phase. */
    public void commitInOnePhase() throws XAException {
      endOfWork();
      resource().commit(xid, true);
      become(BranchState.COMMITTED);
      complete();
    }

    /** Rolls the branch back, whether it has voted or not. */
    public void rollback() throws XAException {
      if (state == BranchState.ACTIVE) {
        refusal = "rolling back";
        resource().end(xid, XAResource.TMFAIL);
      }
      resource().rollback(xid);
      become(BranchState.ROLLED_BACK);
      complete();
    }

    /** What recovery found out of the branch. */
    public void finished(BranchState outcome) {
      become(outcome);
    }

    /** The transaction is over, whatever became of its branch. */
    public void complete() {
      refusal = "completed";
      synchronizations.forEach(each -> each.afterCompletion(Status.STATUS_COMMITTED));
    }

    private void endOfWork() throws XAException {
      synchronizations.forEach(Synchronization::beforeCompletion);
      refusal = "completing";
      resource().end(xid, XAResource.TMSUCCESS);
    }

    private void become(BranchState next) {
      state = next;
      if (next.isFinished()) {
        List.copyOf(waiting).forEach(Runnable::run);
        waiting.clear();
      }
    }

    @Override
    public String gtrid() {
      return XidKey.of(xid).gtrid();
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
    public Branch enlist(XAResource enlisted) throws EnlistmentException {
      try {
        enlisted.start(xid, XAResource.TMNOFLAGS);
      } catch (XAException e) {
        throw new EnlistmentException("the branch could not be started", e);
      }
      resource = enlisted;
      return this;
    }

    @Override
    public void register(Synchronization synchronization) {
      synchronizations.add(synchronization);
    }

    @Override
    public @Nullable Object get(Object key) {
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
  }
}
