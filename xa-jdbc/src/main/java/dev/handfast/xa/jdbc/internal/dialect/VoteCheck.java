package dev.handfast.xa.jdbc.internal.dialect;

import javax.transaction.xa.XAException;

/** Is asked before a branch votes whether its connection still holds its work. */
@FunctionalInterface
public interface VoteCheck {

  /** Finds nothing wrong, for databases whose drivers answer truly themselves. */
  VoteCheck NONE = () -> {};

  /**
   * Looks at what is known without asking the database.
   *
   * @throws XAException XA_RB* if the work was rolled back, {@code XAER_RMERR} if the branch was
   *     ended by something else than the transaction manager
   */
  void check() throws XAException;
}
