package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.spi.Gtrid;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import javax.transaction.xa.XAResource;

/**
 * One transaction as the transaction manager beneath runs it: branches, votes, decision and second
 * phase. It knows neither threads nor callbacks nor timeouts. One thread at a time ends it.
 */
public interface EngineTransaction {

  /** How a commit ended. */
  enum End {
    /** Decided to commit; recovery finishes what did not answer. */
    COMMITTED,
    /** Rolled back: a vote was refused, or the decision could not be taken. */
    ROLLED_BACK,
    /** Not in one piece, or unknown. */
    HEURISTIC
  }

  Gtrid gtrid();

  /** One of {@link jakarta.transaction.Status}. */
  int status();

  /** Starts a branch; false if it could not be started. */
  boolean enlist(XAResource resource) throws RollbackException, SystemException;

  /** Ends the work of a branch, as {@link jakarta.transaction.Transaction#delistResource} says. */
  boolean delist(XAResource resource, int flag) throws SystemException;

  /** Takes the votes, decides, and carries the decision out. */
  End commit();

  /** Rolls every branch back. */
  void rollback();

  /** Forgets the transaction, after a commit or a rollback threw; calls no branch. */
  void discard();
}
