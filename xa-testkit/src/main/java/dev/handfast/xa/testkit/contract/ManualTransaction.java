package dev.handfast.xa.testkit.contract;

import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.XidKey;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * One global transaction of {@link ManualTransactions}. The test calls its steps in any order, on
 * any thread; what a branch answers reaches the test as it is.
 */
public final class ManualTransaction implements GlobalTransaction {

  private static final int TIMEOUT_SECONDS = 60;

  private final Xid first;
  private final Map<Object, Object> values = new ConcurrentHashMap<>();
  private final List<Synchronization> synchronizations = new CopyOnWriteArrayList<>();
  private final List<ManualBranch> branches = new CopyOnWriteArrayList<>();
  private final AtomicBoolean completed = new AtomicBoolean();
  private volatile String refusal = "";
  private volatile boolean rollbackOnly;
  private volatile Supplier<String> last = () -> "";

  ManualTransaction(Xid first) {
    this.first = first;
  }

  /** The branches, in the order in which they were enlisted. */
  public List<ManualBranch> branches() {
    return branches;
  }

  /** The branch that was enlisted first. */
  public ManualBranch branch() {
    return branches.get(0);
  }

  /** The Xid of the first branch, even before that is enlisted. */
  public Xid xid() {
    return first;
  }

  /** Calls {@code beforeCompletion}, ends the work of each branch, and asks it for its vote. */
  public void vote() throws XAException {
    beforeCompletion();
    for (ManualBranch branch : branches) {
      branch.vote();
    }
  }

  /**
   * Commits every branch that has voted to commit, and does not complete the transaction. A branch
   * that answers {@code XA_RETRY} stays prepared.
   */
  public void decide() throws XAException {
    for (ManualBranch branch : branches) {
      if (branch.state() == BranchState.PREPARED) {
        branch.commit(false);
      }
    }
  }

  /** Asks the branches for their votes if none has voted yet, decides, and completes. */
  public void commit() throws XAException {
    if (branches.stream().allMatch(branch -> branch.state() == BranchState.ACTIVE)) {
      vote();
    }
    decide();
    complete();
  }

  /** Commits the only branch without asking for its vote, and completes. */
  public void commitInOnePhase() throws XAException {
    beforeCompletion();
    branch().end(XAResource.TMSUCCESS);
    branch().commit(true);
    complete();
  }

  /**
   * Rolls every branch back, whether it has voted or not, and completes. A branch that does not
   * answer is unknown then.
   *
   * @throws XAException the first that a branch threw, after all have been called
   */
  public void rollback() throws XAException {
    refuse("rolling back");
    XAException refused = null;
    for (ManualBranch branch : branches) {
      try {
        branch.rollback();
      } catch (XAException e) {
        refused = refused == null ? e : refused;
      }
    }
    complete(Status.STATUS_ROLLEDBACK);
    if (refused != null) {
      throw refused;
    }
  }

  /** Calls {@code afterCompletion} with {@code STATUS_COMMITTED}; see {@link #complete(int)}. */
  public void complete() {
    complete(Status.STATUS_COMMITTED);
  }

  /**
   * Calls {@code afterCompletion}, whatever the branches' states are: the transaction is over. A
   * second call does nothing.
   *
   * @param status one of {@link Status}
   */
  public void complete(int status) {
    if (completed.compareAndSet(false, true)) {
      refuse("completed");
      synchronizations.forEach(each -> each.afterCompletion(status));
    }
  }

  private void beforeCompletion() {
    synchronizations.forEach(Synchronization::beforeCompletion);
    refuse("completing");
  }

  private void refuse(String why) {
    if (!rollbackOnly) {
      refusal = why;
    }
  }

  @Override
  public String gtrid() {
    return XidKey.of(first).gtrid();
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
  public ManualBranch enlist(XAResource resource) throws EnlistmentException {
    ManualBranch branch =
        new ManualBranch(resource, branches.isEmpty() ? first : TestXid.beside(first));
    try {
      resource.setTransactionTimeout(TIMEOUT_SECONDS);
      resource.start(branch.xid(), XAResource.TMNOFLAGS);
    } catch (XAException e) {
      setRollbackOnly(e);
      throw new EnlistmentException("the branch could not be started", e);
    }
    branches.add(branch);
    return branch;
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
    refuse("marked for rollback (" + cause.getMessage() + ")");
    rollbackOnly = true;
  }
}
