package dev.handfast.xa.internal.branch;

import static dev.handfast.xa.spi.BranchState.COMMITTED;
import static dev.handfast.xa.spi.BranchState.HEURISTIC;
import static dev.handfast.xa.spi.BranchState.PREPARED;
import static dev.handfast.xa.spi.BranchState.ROLLED_BACK;
import static dev.handfast.xa.spi.BranchState.UNKNOWN;

import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.Uninterrupted;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * What each error that a resource manager answers means for its branch, and the one error that
 * makes the transaction manager do the right thing (docs/architecture.md, "How one transaction
 * runs"). Each method moves the branch on and returns the error to throw.
 */
final class BranchAnswers {

  private static final MessageLog LOG = MessageLog.of(BranchAnswers.class);

  private BranchAnswers() {}

  /** XA_RB* is the one family of codes after which the branch is still sent its rollback. */
  static XAException toEnd(String resource, XAException error) {
    return XaErrors.isRollback(error.errorCode)
        ? error
        : XaErrors.of(
            XAException.XA_RBCOMMFAIL,
            "The work of '" + resource + "' may be lost: " + XaErrors.describe(error),
            error);
  }

  /** A vote that is no vote is a refusal, whatever its code. */
  static XAException toPrepare(TrackedBranch branch, XAException error) {
    return switch (error.errorCode) {
      case XAException.XAER_RMFAIL,
          XAException.XAER_RMERR,
          XAException.XAER_PROTO,
          XAException.XAER_INVAL ->
          error;
      default -> {
        if (XaErrors.isRollback(error.errorCode) || error.errorCode == XAException.XAER_NOTA) {
          branch.become(ROLLED_BACK);
          yield error;
        }
        yield XaErrors.of(
            XAException.XAER_RMERR,
            "'" + branch.resource() + "' gave no vote: " + XaErrors.describe(error),
            error);
      }
    };
  }

  /** Everything but XA_RB* and an outcome of the resource manager's own leaves it unknown. */
  static XAException toOnePhaseCommit(
      TrackedBranch branch, XAException error, XAResource delegate) {
    if (XaErrors.isRollback(error.errorCode)) {
      branch.refused(error);
      branch.become(ROLLED_BACK);
      return error;
    }
    if (error.errorCode == XAException.XA_HEURRB) {
      branch.refused(error);
    }
    if (error.errorCode == XAException.XA_HEURRB || error.errorCode == XAException.XA_HEURCOM) {
      forgetDecided(branch, delegate);
      branch.become(error.errorCode == XAException.XA_HEURRB ? ROLLED_BACK : COMMITTED);
      return error;
    }
    branch.become(error.errorCode == XAException.XA_HEURMIX ? HEURISTIC : UNKNOWN);
    return XaErrors.of(
        XAException.XA_HEURHAZ, "The answer to the one-phase commit did not come", error);
  }

  /** No answer is told again by recovery; an unclear one is asked back. */
  static XAException toCommit(
      TrackedBranch branch, XAException error, XAResource delegate, Recoverability recovery) {
    return switch (error.errorCode) {
      case XAException.XA_RETRY, XAException.XAER_RMFAIL -> retry(branch, error);
      case XAException.XA_HEURCOM -> {
        forgetDecided(branch, delegate);
        branch.become(COMMITTED);
        yield error;
      }
      case XAException.XA_HEURRB, XAException.XA_HEURMIX, XAException.XA_HEURHAZ -> {
        branch.become(HEURISTIC);
        yield error;
      }
      default -> askedBack(branch, error, recovery);
    };
  }

  private static boolean mayBeThere(TrackedBranch branch, Recoverability recovery) {
    return recovery.lists(branch.xid()) != Recoverability.ListAnswer.NOT_LISTED;
  }

  private static XAException askedBack(
      TrackedBranch branch, XAException error, Recoverability recovery) {
    if (mayBeThere(branch, recovery)) {
      return retry(branch, error);
    }
    branch.become(HEURISTIC);
    return XaErrors.of(
        XAException.XA_HEURHAZ,
        "'"
            + branch.resource()
            + "' answered "
            + XaErrors.name(error.errorCode)
            + " to the commit and no longer lists the branch",
        error);
  }

  private static XAException retry(TrackedBranch branch, XAException error) {
    return XaErrors.of(
        XAException.XA_RETRY,
        "'" + branch.resource() + "' did not confirm the commit; recovery will finish it",
        error);
  }

  /**
   * No answer is told again by recovery, and neither is NOTA of one that voted and is listed still.
   * What has not voted is lost with its connection: whether it is told so or not, nobody commits
   * it.
   *
   * @param voted whether the branch may have voted before
   */
  static XAException toRollback(
      TrackedBranch branch,
      XAException error,
      boolean voted,
      XAResource delegate,
      Recoverability recovery) {
    if (error.errorCode == XAException.XA_HEURRB) {
      forgetDecided(branch, delegate);
      branch.become(ROLLED_BACK);
    } else if (XaErrors.isRollback(error.errorCode)
        || (error.errorCode == XAException.XAER_NOTA && !(voted && mayBeThere(branch, recovery)))) {
      branch.become(ROLLED_BACK);
    } else if (XaErrors.isHeuristic(error.errorCode)) {
      branch.become(HEURISTIC);
    } else {
      branch.become(voted ? PREPARED : UNKNOWN);
      return XaErrors.of(
          voted ? XAException.XAER_RMFAIL : XAException.XA_RBCOMMFAIL,
          "'" + branch.resource() + "' did not confirm the rollback: " + XaErrors.describe(error),
          error);
    }
    return error;
  }

  /** Nothing is to be decided any more; a resource manager that keeps it is asked by recovery. */
  private static void forgetDecided(TrackedBranch branch, XAResource delegate) {
    try {
      Uninterrupted.run(() -> XaCall.order(delegate, asked -> asked.forget(branch.xid())));
    } catch (XAException e) {
      LOG.debugf(e, "'%s' could not forget an outcome that was the decided one", branch.resource());
    }
  }
}
