package dev.handfast.xa.internal.branch;

import dev.handfast.xa.spi.CommitRank;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** What recovery can say of one resource manager to those who enlist it and finish its branches. */
public interface Recoverability {

  /** What a resource manager's list says of a branch. */
  enum ListAnswer {
    /** The branch is still prepared. */
    LISTED,
    /** The list came and does not hold the branch. */
    NOT_LISTED,
    /** No list came within the deadline. */
    NO_ANSWER
  }

  /** Why no branch of it may be enlisted; null if what is prepared there can be recovered. */
  @Nullable String enlistmentRefusal();

  /** Its rank in the order of commits. */
  CommitRank commitRank();

  /** Asks for the list, about a branch whose live answer was not clear; waits for one deadline. */
  ListAnswer lists(Xid xid);
}
