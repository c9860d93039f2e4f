package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.BranchResource;
import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.spi.Gtrid;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** The branches of one transaction, and the calls to them. Safe for use by many threads. */
final class EnlistedBranches {

  private final Gtrid gtrid;
  private final BranchLedger ledger;
  private final List<WatchedXaResource> watched = new CopyOnWriteArrayList<>();
  private final List<BranchResource> resources = new CopyOnWriteArrayList<>();
  private volatile List<TrackedBranch> ended = List.of();

  EnlistedBranches(Gtrid gtrid, BranchLedger ledger) {
    this.gtrid = gtrid;
    this.ledger = ledger;
  }

  /** Takes a branch whose start is about to be called. */
  WatchedXaResource watch(WatchedXaResource resource) {
    watched.add(resource);
    return resource;
  }

  /** Takes a branch that was started. */
  void add(BranchResource resource) {
    resources.add(resource);
  }

  /** Those that were started, to be called. */
  List<BranchResource> resources() {
    return resources;
  }

  /** What is known of each, also after the end. */
  List<TrackedBranch> all() {
    List<TrackedBranch> current = ledger.branches(gtrid); // first: the end may be noted meanwhile
    Set<TrackedBranch> all = new LinkedHashSet<>(ended);
    for (BranchResource each : resources) {
      TrackedBranch branch = each.branch();
      if (branch != null) {
        all.add(branch);
      }
    }
    all.addAll(current);
    return List.copyOf(all);
  }

  /** The end: what is known is kept, for the ledger forgets it. */
  void ended() {
    ended = all();
  }

  /** Looks after the calls that are under way. */
  void checkCalls(Timeouts timeouts, Executor breaker) {
    for (WatchedXaResource resource : watched) {
      resource.check(timeouts, breaker);
    }
  }

  /** The calls that are under way, for a reader. */
  String callsUnderWay() {
    return watched.stream()
        .map(WatchedXaResource::underWay)
        .filter(call -> !call.isEmpty())
        .reduce("", (all, call) -> all + " It is in " + call + ".");
  }
}
