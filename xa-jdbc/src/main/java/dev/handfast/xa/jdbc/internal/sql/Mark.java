package dev.handfast.xa.jdbc.internal.sql;

/** Is what a text of SQL does besides working on rows, as far as the text tells. */
public enum Mark {

  /** Ends the branch that it runs in, or takes the end out of the transaction manager's hands. */
  ENDS_BRANCH,

  /**
   * Holds more than one statement, so that it takes more than a look at its beginning to see that
   * it leaves the branch alone.
   */
  MAY_END_BRANCH,

  /** Changes what the session keeps beyond the transaction. */
  CHANGES_SESSION
}
