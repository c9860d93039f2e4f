package dev.handfast.xa.spi;

/** What is known of a branch. */
public enum BranchState {
  /** Work may still be done in it; it has not voted. */
  ACTIVE,
  /** Prepare was sent and not answered: it may have voted. */
  PREPARING,
  /** It voted to commit and waits for the decision, or for the decision to reach it: in doubt. */
  PREPARED,
  /** It voted that there is nothing to commit. */
  READ_ONLY,
  /** The resource manager answered that it is committed. */
  COMMITTED,
  /** The resource manager answered that it is rolled back. */
  ROLLED_BACK,
  /** The resource manager decided on its own, contrary to the decision or in part. */
  HEURISTIC,
  /** It ended without an answer, and nothing will bring one: its outcome is unknown. */
  UNKNOWN;

  /** True if no later call of the transaction or of recovery will touch the branch. */
  public boolean isFinished() {
    return switch (this) {
      case READ_ONLY, COMMITTED, ROLLED_BACK, HEURISTIC, UNKNOWN -> true;
      case ACTIVE, PREPARING, PREPARED -> false;
    };
  }

  /** True if closing the branch's connection could lose a vote. */
  public boolean mayHaveVoted() {
    return this == PREPARING || this == PREPARED;
  }
}
