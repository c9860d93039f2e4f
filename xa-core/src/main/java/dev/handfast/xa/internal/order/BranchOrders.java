package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.rm.RmFacade;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.BranchResult;
import dev.handfast.xa.recovery.BranchResult.Outcome;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.spi.XidKey;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** Carries an operator's order out on one branch: the resource manager's own answer decides. */
final class BranchOrders {

  private BranchOrders() {}

  static BranchResult result(InDoubtBranch branch, Outcome outcome, String answer) {
    return new BranchResult(branch.resource(), branch.bqual(), outcome, answer);
  }

  /** Commits, rolls back or forgets; touches nothing if the resource manager is away. */
  static BranchResult run(Action action, @Nullable RmFacade rm, InDoubtBranch branch, XidKey key) {
    if (rm == null) {
      return result(branch, Outcome.UNREACHABLE, "the resource is not configured");
    }
    if (!rm.isReachable()) {
      return result(branch, Outcome.UNREACHABLE, "the resource manager cannot be reached");
    }
    Xid xid = key.xid();
    try {
      rm.order(resource -> call(action, resource, xid));
      return ended(action, rm, branch, key, "OK");
    } catch (XAException e) {
      return answered(action, rm, branch, key, e);
    }
  }

  private static void call(Action action, XAResource resource, Xid xid) throws XAException {
    switch (action) {
      case COMMIT -> resource.commit(xid, false);
      case ROLLBACK -> resource.rollback(xid);
      case FORGET -> resource.forget(xid);
      case ACCEPT_RESOURCE, ACCEPT_STORE ->
          throw new IllegalArgumentException(action + " is no order for a branch");
    }
  }

  private static BranchResult ended(
      Action action, RmFacade rm, InDoubtBranch branch, XidKey key, String answer) {
    return switch (action) {
      case COMMIT -> {
        rm.ended(key, BranchState.COMMITTED);
        yield result(branch, Outcome.COMMITTED, answer);
      }
      case ROLLBACK -> {
        rm.ended(key, BranchState.ROLLED_BACK);
        yield result(branch, Outcome.ROLLED_BACK, answer);
      }
      default -> {
        rm.forgotten(key);
        yield result(branch, Outcome.FORGOTTEN, answer);
      }
    };
  }

  private static BranchResult answered(
      Action action, RmFacade rm, InDoubtBranch branch, XidKey key, XAException error) {
    String answer = XaErrors.describe(error);
    if (error.errorCode == XAException.XAER_NOTA) {
      return notKnown(action, rm, branch, key, answer);
    }
    if (isAsOrdered(action, error.errorCode)) {
      rm.forgetDecided(key.xid());
      return ended(action, rm, branch, key, answer);
    }
    if (XaErrors.isHeuristic(error.errorCode) && action != Action.FORGET) {
      rm.keepHeuristic(key, error);
      return result(branch, Outcome.HEURISTIC, answer);
    }
    return result(branch, Outcome.UNREACHABLE, answer);
  }

  /** NOTA counts only with a list afterwards that does not name the branch. */
  private static BranchResult notKnown(
      Action action, RmFacade rm, InDoubtBranch branch, XidKey key, String answer) {
    return switch (rm.afterNota(key)) {
      case LISTED ->
          result(
              branch, Outcome.HELD, answer + "; it lists the branch, which a live session holds");
      case NO_ANSWER ->
          result(
              branch, Outcome.UNREACHABLE, answer + "; its list, which would tell, did not come");
      case NOT_LISTED -> {
        if (action == Action.FORGET) {
          rm.forgotten(key);
        }
        yield result(branch, Outcome.NOT_KNOWN, answer);
      }
    };
  }

  private static boolean isAsOrdered(Action action, int code) {
    return switch (action) {
      case COMMIT -> code == XAException.XA_HEURCOM;
      case ROLLBACK -> code == XAException.XA_HEURRB || XaErrors.isRollback(code);
      default -> false;
    };
  }
}
