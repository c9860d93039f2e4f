package dev.handfast.xa.internal.jakarta;

import dev.handfast.xa.internal.transaction.Completion;
import dev.handfast.xa.internal.transaction.Completion.Heuristic;
import dev.handfast.xa.internal.transaction.Completion.Kind;
import dev.handfast.xa.internal.transaction.LiveTransaction;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;

/**
 * Tells in the terms of Jakarta Transactions how a transaction ended: the text is that of the API's
 * own exception, which is the cause (docs/outcomes.md).
 */
final class JakartaOutcomes {

  private final OutcomeTeller teller;

  JakartaOutcomes(OutcomeTeller teller) {
    this.teller = teller;
  }

  /** Returns if it was committed. */
  void tellCommit(LiveTransaction live, Completion end)
      throws RollbackException, HeuristicMixedException, HeuristicRollbackException {
    RuntimeException ours = teller.tell(live, end);
    if (ours == null) {
      return;
    }
    if (!(end instanceof Heuristic heuristic)) {
      throw caused(new RollbackException(ours.getMessage()), ours);
    }
    if (heuristic.kind() == Kind.ROLLBACK) {
      throw caused(new HeuristicRollbackException(ours.getMessage()), ours);
    }
    throw caused(new HeuristicMixedException(ours.getMessage()), ours);
  }

  /** Returns if it was rolled back, or its branches were. */
  void tellRollback(LiveTransaction live, Completion end) throws SystemException {
    if (end instanceof Completion.Committed) {
      throw new IllegalStateException("The " + live + " was committed before");
    }
    RuntimeException ours = teller.tell(live, end);
    if (ours != null && end instanceof Heuristic heuristic && heuristic.kind() != Kind.ROLLBACK) {
      throw caused(new SystemException(ours.getMessage()), ours);
    }
  }

  private static <T extends Exception> T caused(T told, Throwable cause) {
    told.initCause(cause);
    return told;
  }
}
