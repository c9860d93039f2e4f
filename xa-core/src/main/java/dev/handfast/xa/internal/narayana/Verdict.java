package dev.handfast.xa.internal.narayana;

import static dev.handfast.xa.spi.BranchState.COMMITTED;
import static dev.handfast.xa.spi.BranchState.HEURISTIC;
import static dev.handfast.xa.spi.BranchState.ROLLED_BACK;
import static dev.handfast.xa.spi.BranchState.UNKNOWN;

import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.narayana.Completion.Kind;
import dev.handfast.xa.recovery.BranchOutcome;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.XaErrors;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** Reads the outcome of a transaction off its branches. */
final class Verdict {

  private Verdict() {}

  static Completion rolledBack(
      List<TrackedBranch> branches, @Nullable String reason, @Nullable Throwable cause) {
    if (branches.stream().anyMatch(branch -> branch.state() == HEURISTIC)) {
      return heuristic(branches);
    }
    if (reason != null) {
      return new Completion.RolledBack(null, reason, cause);
    }
    for (TrackedBranch branch : branches) {
      Throwable refusal = branch.refusal();
      if (refusal != null) {
        String text = "resource '" + branch.resource() + "' refused: " + XaErrors.describe(refusal);
        return new Completion.RolledBack(branch.resource(), text, refusal);
      }
    }
    String text = cause == null ? "it was marked for rollback" : String.valueOf(cause.getMessage());
    return new Completion.RolledBack(null, text, cause);
  }

  static Completion heuristic(List<TrackedBranch> branches) {
    List<BranchOutcome> outcomes = branches.stream().map(Verdict::outcome).toList();
    Throwable cause =
        branches.stream()
            .map(TrackedBranch::failure)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return new Completion.Heuristic(kind(branches), outcomes, cause);
  }

  /** The decision may be in the log or not; the next start finds out. */
  static Completion undecided(List<TrackedBranch> branches, Throwable cause) {
    List<BranchOutcome> outcomes = branches.stream().map(Verdict::outcome).toList();
    return new Completion.Heuristic(Kind.UNKNOWN, outcomes, cause);
  }

  private static Kind kind(List<TrackedBranch> branches) {
    Set<BranchState> effects = EnumSet.noneOf(BranchState.class);
    for (TrackedBranch branch : branches) {
      effects.add(branch.state() == HEURISTIC ? decidedAlone(branch) : branch.state());
    }
    effects.remove(BranchState.READ_ONLY);
    if (effects.equals(EnumSet.of(UNKNOWN))) {
      return Kind.UNKNOWN;
    }
    if (effects.contains(HEURISTIC)) {
      return Kind.HAZARD;
    }
    if (effects.equals(EnumSet.of(ROLLED_BACK))) {
      return Kind.ROLLBACK;
    }
    if (effects.equals(EnumSet.of(COMMITTED))) {
      return Kind.COMMIT;
    }
    return Kind.MIXED;
  }

  private static BranchState decidedAlone(TrackedBranch branch) {
    int code = branch.failure() instanceof XAException xa ? xa.errorCode : 0;
    return switch (code) {
      case XAException.XA_HEURCOM -> COMMITTED;
      case XAException.XA_HEURRB -> ROLLED_BACK;
      default -> HEURISTIC;
    };
  }

  private static BranchOutcome outcome(TrackedBranch branch) {
    return new BranchOutcome(branch.resource(), branch.key().bqual(), branch.state().name());
  }
}
