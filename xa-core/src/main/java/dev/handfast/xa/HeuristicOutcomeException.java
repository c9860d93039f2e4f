package dev.handfast.xa;

import dev.handfast.xa.recovery.BranchOutcome;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transaction did not end in one piece, or nobody can tell how it ended. */
public final class HeuristicOutcomeException extends TransactionOutcomeException {

  @Serial private static final long serialVersionUID = 1L;

  /** How the transaction as a whole ended. */
  public enum Outcome {
    /** Some branches committed, others rolled back. */
    MIXED,
    /** Decided to commit, rolled back by the resource managers. */
    ROLLBACK,
    /** Decided to roll back, committed by the resource managers. */
    COMMIT,
    /** Some branch may have ended contrary to the decision. */
    HAZARD,
    /**
     * A one-phase commit was sent and its answer lost: committed or rolled back, but in one piece.
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

  /** Each branch with its resource and what is known of it. */
  public List<BranchOutcome> branches() {
    return branches;
  }
}
