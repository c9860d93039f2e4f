package dev.handfast.xa.recovery;

/** What an operator can order. */
public enum Action {
  /** Commit every branch. */
  COMMIT,
  /** Roll every branch back. */
  ROLLBACK,
  /** Let the resource managers forget heuristic outcomes, and strike them off the log. */
  FORGET,
  /** Believe the resource manager that is now behind a name, though it is another than before. */
  ACCEPT_RESOURCE,
  /** Believe a log store that was found changed, lost or restored. */
  ACCEPT_STORE
}
