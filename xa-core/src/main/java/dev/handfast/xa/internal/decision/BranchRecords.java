package dev.handfast.xa.internal.decision;

import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.XidKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The branches of a transaction as its record names them. */
final class BranchRecords {

  private BranchRecords() {}

  /** Those that the decision has not reached, and those that ended on their own. */
  static List<LoggedBranch> open(List<TrackedBranch> branches) {
    List<LoggedBranch> open = new ArrayList<>();
    for (TrackedBranch branch : branches) {
      BranchState state = branch.state();
      if (!state.isFinished() || state == BranchState.HEURISTIC) {
        Heuristic kind = state == BranchState.HEURISTIC ? branch.heuristic() : null;
        open.add(new LoggedBranch(branch.resource(), branch.key().bqual(), kind));
      }
    }
    return open;
  }

  /** Those that have voted and were not told yet. */
  static List<LoggedBranch> prepared(List<TrackedBranch> branches) {
    return open(branches).stream().filter(branch -> !branch.isHeuristic()).toList();
  }

  /** Those that the decision has reached. */
  static List<LoggedBranch> finished(List<TrackedBranch> branches) {
    return branches.stream()
        .filter(branch -> branch.state().isFinished() && branch.state() != BranchState.HEURISTIC)
        .map(branch -> new LoggedBranch(branch.resource(), branch.key().bqual()))
        .toList();
  }

  /** Those that their resource managers ended on their own. */
  static List<LoggedBranch> heuristic(DecisionRecord decision) {
    return decision.branches().stream().filter(LoggedBranch::isHeuristic).toList();
  }

  /** The same record after a branch came to its end. */
  static DecisionRecord without(DecisionRecord decision, XidKey xid) {
    return replaced(decision, xid, null);
  }

  /** The same record after a resource manager ended a branch on its own. */
  static DecisionRecord with(DecisionRecord decision, XidKey xid, Heuristic kind) {
    return replaced(decision, xid, kind);
  }

  private static DecisionRecord replaced(
      DecisionRecord decision, XidKey xid, @Nullable Heuristic kind) {
    String bqual = xid.bqual();
    List<LoggedBranch> left = new ArrayList<>();
    List<LoggedBranch> done = new ArrayList<>(decision.finished());
    for (LoggedBranch branch : decision.branches()) {
      if (!branch.bqual().equals(bqual)) {
        left.add(branch);
      } else if (kind != null) {
        left.add(new LoggedBranch(branch.resource(), branch.bqual(), kind, branch.note()));
      } else {
        done.add(new LoggedBranch(branch.resource(), branch.bqual()));
      }
    }
    return decision.with(left, done);
  }
}
