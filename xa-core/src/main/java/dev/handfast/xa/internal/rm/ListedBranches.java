package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.decision.RunningTransactions;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.XidKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.transaction.xa.Xid;

/**
 * This node's branches that a scan listed and that have not come to an end since. Safe for use by
 * many threads.
 */
final class ListedBranches {

  /** Before the first scan, and after one that got no list. */
  static final ListedBranches NONE = new ListedBranches(Map.of(), Set.of());

  private final Map<XidKey, Xid> branches;
  private final Set<Gtrid> running;

  private ListedBranches(Map<XidKey, Xid> branches, Set<Gtrid> running) {
    this.branches = new ConcurrentHashMap<>(branches);
    this.running = running;
  }

  /** As they were listed; which of their transactions run is asked now. */
  static ListedBranches of(Map<XidKey, Xid> branches, RunningTransactions running) {
    return new ListedBranches(
        branches,
        running.among(
            branches.keySet().stream().map(XidKey::transaction).collect(Collectors.toSet())));
  }

  Set<XidKey> keys() {
    return Set.copyOf(branches.keySet());
  }

  /** As the resource manager listed it, or made up of its key. */
  Xid xid(XidKey branch) {
    return branches.getOrDefault(branch, branch.xid());
  }

  void remove(XidKey branch) {
    branches.remove(branch);
  }

  /** How many wait: what voted in a transaction that ran then waits for its own application. */
  int waiting() {
    return (int)
        branches.keySet().stream()
            .filter(branch -> !running.contains(branch.transaction()))
            .count();
  }
}
