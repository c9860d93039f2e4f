package dev.handfast.xa.internal.transaction;

import static dev.handfast.xa.spi.BranchState.COMMITTED;
import static dev.handfast.xa.spi.BranchState.HEURISTIC;
import static dev.handfast.xa.spi.BranchState.PREPARED;
import static dev.handfast.xa.spi.BranchState.ROLLED_BACK;
import static dev.handfast.xa.spi.BranchState.UNKNOWN;

import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.transaction.Completion.Kind;
import dev.handfast.xa.recovery.BranchOutcome;
import dev.handfast.xa.recovery.Heuristic;
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
      return heuristic(branches, false);
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

  /**
   * Some branch ended on its own.
   *
   * @param decided whether the log holds the decision to commit it, so that recovery commits what
   *     has voted and was not told; else it rolls that back
   */
  static Completion heuristic(List<TrackedBranch> branches, boolean decided) {
    List<BranchOutcome> outcomes = branches.stream().map(Verdict::outcome).toList();
    Throwable cause =
        branches.stream()
            .map(TrackedBranch::failure)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    Kind kind = kind(branches, decided);
    return new Completion.Heuristic(
        kind, kind == Kind.UNKNOWN ? unanswered(branches) : "", outcomes, cause);
  }

  /** What its resource manager said to the one-phase commit, or that it said nothing. */
  private static String unanswered(List<TrackedBranch> branches) {
    for (TrackedBranch branch : branches) {
      Throwable failure = branch.failure();
      if (branch.state() == UNKNOWN && failure != null) {
        String answer = XaErrors.describe(failure);
        return failure instanceof XAException xa && xa.errorCode != XAException.XAER_RMFAIL
            ? "'" + branch.resource() + "' answered " + answer + " to its one-phase commit"
            : "the answer to its one-phase commit did not come: '"
                + branch.resource()
                + "', "
                + answer;
      }
    }
    return "the answer to its one-phase commit did not come";
  }

  /**
   * The end of a transaction failed beneath, after what could be rolled back was.
   *
   * @param decided whether the log holds the decision to commit it
   */
  static Completion broken(List<TrackedBranch> branches, boolean decided, Throwable failure) {
    Set<BranchState> states = EnumSet.noneOf(BranchState.class);
    branches.forEach(branch -> states.add(branch.state()));
    if (states.contains(HEURISTIC)) {
      return heuristic(branches, decided);
    }
    if (decided) {
      return new Completion.Committed();
    }
    states.remove(BranchState.READ_ONLY);
    if (states.equals(EnumSet.of(COMMITTED))) {
      return new Completion.Committed();
    }
    if (states.contains(COMMITTED) || branches.stream().anyMatch(TrackedBranch::isUnanswered)) {
      return heuristic(branches, false);
    }
    return new Completion.RolledBack(null, "its end failed: " + failure, failure);
  }

  /** The decision may be in the log or not; the next start finds out. */
  static Completion undecided(List<TrackedBranch> branches, @Nullable Throwable cause) {
    List<BranchOutcome> outcomes = branches.stream().map(Verdict::outcome).toList();
    return new Completion.Heuristic(
        Kind.UNKNOWN,
        "its decision could be neither forced to the log nor withdrawn, so the next start finds out",
        outcomes,
        cause);
  }

  /** Somebody else ends it, and how is not known yet. */
  static Completion unknown(List<TrackedBranch> branches, String reason) {
    List<BranchOutcome> outcomes = branches.stream().map(Verdict::outcome).toList();
    return new Completion.Heuristic(Kind.UNKNOWN, reason, outcomes, null);
  }

  private static Kind kind(List<TrackedBranch> branches, boolean decided) {
    Set<BranchState> effects = EnumSet.noneOf(BranchState.class);
    for (TrackedBranch branch : branches) {
      effects.add(branch.state() == HEURISTIC ? decidedAlone(branch) : branch.state());
    }
    if (effects.remove(PREPARED)) {
      effects.add(decided ? COMMITTED : ROLLED_BACK);
    }
    effects.remove(BranchState.READ_ONLY);
    if (branches.stream().anyMatch(Verdict::isMixed)) {
      return Kind.MIXED;
    }
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

  private static boolean isMixed(TrackedBranch branch) {
    return branch.state() == HEURISTIC && branch.heuristic() == Heuristic.MIXED;
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
