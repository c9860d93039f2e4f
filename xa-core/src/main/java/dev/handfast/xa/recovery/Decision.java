package dev.handfast.xa.recovery;

/** What was decided about a global transaction, as far as there is evidence of it. */
public enum Decision {
  /** The log holds the decision to commit the transaction. */
  COMMIT,
  /**
   * The transaction is of this node, it is not running, and no decision was logged: presumed abort.
   */
  ROLLBACK,
  /** Evidence is missing, nothing is decided yet, or the transaction is not of this node. */
  UNKNOWN
}
