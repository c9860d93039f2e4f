package dev.handfast.xa.jdbc.internal.sql;

/** Is what a text of SQL does besides working on rows, as far as the text tells. */
public enum Mark {

  /** Ends the branch that it runs in, or takes the end out of the transaction manager's hands. */
  ENDS_BRANCH,

  /**
   * May end the branch and begin something else in its place, so far as a look tells that does not
   * depend on how quotes and comments are read.
   */
  MAY_END_BRANCH,

  /** Changes what the session keeps beyond the transaction. */
  CHANGES_SESSION
}
