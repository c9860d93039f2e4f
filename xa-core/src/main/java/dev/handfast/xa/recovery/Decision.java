package dev.handfast.xa.recovery;

/** What was decided about a global transaction, as far as there is evidence of it. */
public enum Decision {
  /** The log holds the decision to commit. */
  COMMIT,
  /** It is this node's, no decision was logged and it is not running: presumed abort. */
  ROLLBACK,
  /** Evidence is missing, nothing is decided yet, or it is not this node's. */
  UNKNOWN
}
