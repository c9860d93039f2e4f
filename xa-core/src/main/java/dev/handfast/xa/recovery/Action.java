package dev.handfast.xa.recovery;

/** The orders that an operator can give. */
public enum Action {
  /** Commit every prepared branch. */
  COMMIT,
  /** Roll every prepared branch back. */
  ROLLBACK,
  /** Let the resource managers forget heuristic outcomes, and strike them off the log. */
  FORGET,
  /**
   * Accept the resource manager that is now behind a name, although it is another one than before.
   */
  ACCEPT_RESOURCE,
  /** Accept a log store that was found changed, lost or restored. */
  ACCEPT_STORE
}
