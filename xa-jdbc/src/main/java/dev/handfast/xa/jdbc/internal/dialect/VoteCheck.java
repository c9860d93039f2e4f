package dev.handfast.xa.jdbc.internal.dialect;

import javax.transaction.xa.XAException;

/** Whether the branch on a connection still holds its work, asked before it votes. */
@FunctionalInterface
public interface VoteCheck {

  /** For databases whose drivers answer truly themselves. */
  VoteCheck NONE = () -> {};

  /**
   * Looks, without asking the database.
   *
   * @throws XAException XA_RB* if the work was rolled back, {@code XAER_RMERR} if the branch was
   *     ended by something else than the transaction manager
   */
  void check() throws XAException;
}
