package dev.handfast.xa.internal.branch;

import javax.transaction.xa.Xid;

/** Asks the recovery side of a resource manager about a branch whose live answer was not clear. */
@FunctionalInterface
public interface AskBack {

  /** What the resource manager's list says. */
  enum Answer {
    /** The branch is still prepared. */
    LISTED,
    /** The list came and does not hold the branch. */
    NOT_LISTED,
    /** No list came within the deadline. */
    NO_ANSWER
  }

  Answer ask(String resource, Xid xid);
}
