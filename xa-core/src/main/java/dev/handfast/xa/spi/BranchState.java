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
  /**
   * It ended without an answer of the resource manager, and none will come: its outcome is unknown.
   */
  UNKNOWN;

  /**
   * Returns true if neither the transaction nor recovery will call the resource manager for this
   * branch any more.
   */
  public boolean isFinished() {
    return switch (this) {
      case READ_ONLY, COMMITTED, ROLLED_BACK, HEURISTIC, UNKNOWN -> true;
      case ACTIVE, PREPARING, PREPARED -> false;
    };
  }

  /**
   * Returns true if the branch may have voted, so that its vote could be lost with its connection.
   */
  public boolean mayHaveVoted() {
    return this == PREPARING || this == PREPARED;
  }
}
