package dev.handfast.xa.internal.branch;

import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.Uninterrupted;
import dev.handfast.xa.spi.XaErrors;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one branch in phase 2. Its resource manager is told to commit once, by whoever comes
 * first: the transaction manager, which comes to the branches in the order of their enlistment, or
 * a branch of a higher rank, which waits for this one's answer. The answer, returned or thrown, is
 * kept and handed out when the transaction manager comes to the branch. Safe for use by many
 * threads.
 */
final class CommitTurn {

  /** Tells the resource manager to commit, and moves the branch on by its answer. */
  @FunctionalInterface
  interface Call {
    void make() throws XAException;
  }

  private final TrackedBranch branch;
  private final CommitRank rank;
  private final FutureTask<Boolean> call;

  CommitTurn(TrackedBranch branch, CommitRank rank, Call call) {
    this.branch = branch;
    this.rank = rank;
    this.call =
        new FutureTask<>(
            () -> {
              call.make();
              return true;
            });
  }

  TrackedBranch branch() {
    return branch;
  }

  /**
   * The transaction manager has come to this branch: tells those of a lower rank that were not told
   * yet, and then, if all of them have answered, this one.
   *
   * @param all the turns of the transaction
   * @throws XAException what was answered, or {@code XA_RETRY} without a call while one of a lower
   *     rank has not answered
   */
  void take(List<CommitTurn> all) throws XAException {
    for (CommitTurn other : all) {
      if (other.isBefore(this)) {
        other.tellPrepared();
      }
    }
    for (CommitTurn other : all) {
      if (other.isBefore(this) && !other.branch.state().isFinished()) {
        throw waitingFor(other);
      }
    }
    call.run();
    XAException error = error();
    if (error != null) {
      throw forTheWhole(error, all);
    }
  }

  private boolean isBefore(CommitTurn other) {
    return rank.compareTo(other.rank) < 0;
  }

  private void tellPrepared() {
    if (branch.state() == BranchState.PREPARED) {
      call.run();
    }
  }

  private XAException waitingFor(CommitTurn other) {
    return XaErrors.of(
        XAException.XA_RETRY,
        "'"
            + branch.resource()
            + "' is not told to commit before '"
            + other.branch.resource()
            + "', which has not confirmed its commit; recovery will finish both");
  }

  /**
   * A rollback of the first that the transaction manager tells would make it roll back the rest,
   * which may have committed ahead of their turn.
   */
  private static XAException forTheWhole(XAException error, List<CommitTurn> all) {
    return error.errorCode == XAException.XA_HEURRB
            && all.stream().anyMatch(CommitTurn::mayHaveCommitted)
        ? XaErrors.of(XAException.XA_HEURMIX, "Others have committed: " + error.getMessage(), error)
        : error;
  }

  private boolean mayHaveCommitted() {
    return call.isDone()
        && !(branch.state() == BranchState.HEURISTIC && branch.heuristic() == Heuristic.ROLLBACK);
  }

  /**
   * A branch that was told to commit takes no rollback.
   *
   * @throws XAException how it ended, if it was told
   */
  void requireNotTold() throws XAException {
    if (!call.isDone()) {
      return;
    }
    XAException error = error();
    throw error == null
        ? XaErrors.of(
            XAException.XA_HEURCOM, "'" + branch.resource() + "' has committed, as decided before")
        : error;
  }

  /** What the call threw, or null; waits for its end. */
  private @Nullable XAException error() {
    try {
      var unused = Uninterrupted.<Boolean, ExecutionException>await(call::get);
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof XAException error
          ? error
          : XaErrors.of(XAException.XAER_RMFAIL, "The commit failed: " + e.getCause(), e);
    }
  }
}
