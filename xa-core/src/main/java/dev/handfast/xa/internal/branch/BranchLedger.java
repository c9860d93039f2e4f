package dev.handfast.xa.internal.branch;

import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.XidKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.transaction.xa.XAResource;

/**
 * Every branch of this process that is not finished, and every branch of every transaction that is
 * not over. Safe for use by many threads.
 */
public final class BranchLedger {

  private final Map<Gtrid, List<CommitTurn>> transactions = new ConcurrentHashMap<>();
  private final Map<XidKey, TrackedBranch> unfinished = new ConcurrentHashMap<>();

  /** The wrapper to enlist for a resource. */
  public BranchResource wrap(XAResource delegate, String resource, Recoverability recovery) {
    return new BranchResource(delegate, this, resource, recovery);
  }

  void started(CommitTurn turn) {
    TrackedBranch branch = turn.branch();
    XidKey key = branch.key();
    transactions
        .computeIfAbsent(key.transaction(), gtrid -> new CopyOnWriteArrayList<>())
        .add(turn);
    unfinished.put(key, branch);
    branch.whenFinished(() -> unfinished.remove(key));
  }

  /** The turns of a transaction that is not over, in the order of their enlistment. */
  List<CommitTurn> turns(Gtrid gtrid) {
    return transactions.getOrDefault(gtrid, List.of());
  }

  /** The branches of a transaction that is not over, in the order of their enlistment. */
  public List<TrackedBranch> branches(Gtrid gtrid) {
    return turns(gtrid).stream().map(CommitTurn::branch).toList();
  }

  /** The transaction is over: what is still unfinished is recovery's. */
  public void over(Gtrid gtrid) {
    transactions.remove(gtrid);
  }

  /** Recovery or an operator finished a branch; whoever kept its connection is told. */
  public void finished(XidKey xid, BranchState state) {
    TrackedBranch branch = unfinished.get(xid);
    if (branch != null) {
      branch.become(state);
    }
  }

  /**
   * Recovery listed a resource manager: a branch of ours that is neither in the list nor decided to
   * commit has nothing left to lose.
   *
   * @param open whether the branch may still be needed: live, decided, or listed
   */
  public void reconcile(String resource, Predicate<XidKey> open) {
    unfinished.forEach(
        (xid, branch) -> {
          if (branch.resource().equals(resource) && !open.test(xid)) {
            branch.become(BranchState.UNKNOWN);
          }
        });
  }

  /** Branches that may have voted and are not finished. */
  public List<TrackedBranch> inDoubt() {
    return unfinished.values().stream().filter(branch -> branch.state().mayHaveVoted()).toList();
  }
}
