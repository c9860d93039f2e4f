package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.branch.BranchResource;
import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.decision.Resolution;
import dev.handfast.xa.internal.decision.Resolution.NotDecided;
import dev.handfast.xa.internal.transaction.Completion.Kind;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.XaErrors;
import java.util.List;
import java.util.function.Predicate;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * Carries the end of one transaction out and tells what became of it. Whatever is thrown beneath,
 * an {@link Error} included, the answer is what is known, and nothing is left that only this
 * transaction could finish.
 */
final class Ending {

  private static final MessageLog LOG = MessageLog.of(Ending.class);

  private static final Completion UNTOLD =
      new Completion.Heuristic(
          Kind.UNKNOWN, "its end failed, and so did finding out about it", List.of(), null);

  private final Predicate<Gtrid> decidedToCommit;

  /**
   * @param decidedToCommit whether the log holds the decision to commit a transaction
   */
  Ending(Predicate<Gtrid> decidedToCommit) {
    this.decidedToCommit = decidedToCommit;
  }

  Completion commit(LiveTransaction live) {
    try {
      return switch (live.engine().commit()) {
        case COMMITTED -> new Completion.Committed();
        case ROLLED_BACK -> refused(live);
        case HEURISTIC -> heuristic(live);
      };
    } catch (Throwable e) {
      return broken(live, e);
    }
  }

  /**
   * @param reason for a reader, if nothing else made it roll back
   */
  Completion rollback(LiveTransaction live, String reason) {
    try {
      live.engine().rollback();
    } catch (Throwable e) {
      return broken(live, e);
    }
    String why = live.rollbackReason();
    return Verdict.rolledBack(live.branches(), why == null ? reason : why, live.rollbackCause());
  }

  private static Completion refused(LiveTransaction live) {
    NotDecided failure = live.notDecided();
    if (failure instanceof Resolution.Open open) {
      return Verdict.undecided(live.branches(), open.reason());
    }
    if (failure != null) {
      String reason = "its decision could not be logged: " + failure.reason().getMessage();
      return Verdict.rolledBack(live.branches(), reason, failure.reason());
    }
    boolean refused = live.branches().stream().anyMatch(branch -> branch.refusal() != null);
    return Verdict.rolledBack(
        live.branches(), refused ? null : live.rollbackReason(), live.rollbackCause());
  }

  private Completion heuristic(LiveTransaction live) {
    return live.notDecided() instanceof Resolution.Open open
        ? Verdict.undecided(live.branches(), open.reason())
        : Verdict.heuristic(live.branches(), decidedToCommit.test(live.gtrid()));
  }

  /** As {@link #broken}, and throws nothing. */
  Completion lastResort(LiveTransaction live, Throwable failure) {
    try {
      return broken(live, failure);
    } catch (Throwable e) {
      return UNTOLD;
    }
  }

  /** Nothing beneath goes on with it: what is decided is recovery's, the rest is rolled back. */
  Completion broken(LiveTransaction live, Throwable failure) {
    discard(live, failure);
    if (live.notDecided() instanceof Resolution.Open open) {
      return Verdict.undecided(live.branches(), open.reason());
    }
    boolean decided = decidedToCommit.test(live.gtrid());
    if (!decided) {
      live.enlisted().resources().forEach(Ending::rollBack);
    }
    Completion end = Verdict.broken(live.branches(), decided, failure);
    LOG.errorf(
        failure, "HANDFAST001053 The end of %s failed, and this is known of it: %s", live, end);
    return end;
  }

  private static void discard(LiveTransaction live, Throwable failure) {
    try {
      live.engine().discard();
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * What does not answer rolls it back with its connection, or leaves it to recovery. What was told
   * to commit in one phase, and may have done so, is told nothing else.
   */
  static void rollBack(BranchResource resource) {
    TrackedBranch branch = resource.branch();
    if (branch == null || branch.state().isFinished()) {
      return;
    }
    if (branch.isUnanswered()) {
      branch.become(BranchState.UNKNOWN);
      return;
    }
    try {
      if (branch.state() == BranchState.ACTIVE) {
        resource.end(branch.xid(), XAResource.TMFAIL);
      }
    } catch (XAException | RuntimeException | Error e) {
      LOG.debugf("%s could not be ended: %s", branch, XaErrors.describe(e));
    }
    try {
      resource.rollback(branch.xid());
    } catch (XAException | RuntimeException | Error e) {
      LOG.debugf("%s could not be rolled back: %s", branch, XaErrors.describe(e));
    }
  }
}
