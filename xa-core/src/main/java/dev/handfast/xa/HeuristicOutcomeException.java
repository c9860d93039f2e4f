package dev.handfast.xa;

import dev.handfast.xa.recovery.BranchOutcome;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a transaction did not end as it was decided in all its branches, or that nobody knows
 * how it ended.
 */
public final class HeuristicOutcomeException extends TransactionOutcomeException {

  @Serial private static final long serialVersionUID = 1L;

  /** How the transaction as a whole ended. */
  public enum Outcome {
    /** Some branches committed, others rolled back. */
    MIXED,
    /** It was decided to commit, and the resource managers rolled all of it back on their own. */
    ROLLBACK,
    /** It was decided to roll back, and the resource managers committed all of it on their own. */
    COMMIT,
    /** At least one branch may have ended contrary to the decision. */
    HAZARD,
    /**
     * Committed or rolled back, but in one piece; the message tells why nobody knows. A one-phase
     * commit was sent and its answer lost or unclear, or the decision could be neither forced to
     * the log nor withdrawn.
     */
    UNKNOWN
  }

  private final Outcome outcome;
  private final List<BranchOutcome> branches;

  HeuristicOutcomeException(
      String gtrid,
      Outcome outcome,
      List<BranchOutcome> branches,
      String message,
      @Nullable Throwable cause) {
    super(gtrid, message, cause);
    this.outcome = outcome;
    this.branches = List.copyOf(branches);
  }

  /** How the transaction as a whole ended. */
  public Outcome outcome() {
    return outcome;
  }

  /** Returns each branch with its resource and what is known of it. */
  public List<BranchOutcome> branches() {
    return branches;
  }
}
