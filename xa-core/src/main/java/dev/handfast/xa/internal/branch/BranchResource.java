package dev.handfast.xa.internal.branch;

import static dev.handfast.xa.spi.BranchState.COMMITTED;
import static dev.handfast.xa.spi.BranchState.PREPARED;
import static dev.handfast.xa.spi.BranchState.PREPARING;
import static dev.handfast.xa.spi.BranchState.READ_ONLY;
import static dev.handfast.xa.spi.BranchState.ROLLED_BACK;

import dev.handfast.xa.spi.Uninterrupted;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jboss.tm.XAResourceWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The wrapper around every enlisted XAResource. It gives the log its name, keeps what is known of
 * the branch, and hands the transaction manager the one error that makes it do the right thing
 * ({@link BranchAnswers}). A branch whose {@code end} failed never votes to commit, and is rolled
 * back. Phase 2 is shielded from interrupts, and carried out in the order of ranks ({@link
 * CommitTurn}).
 */
public final class BranchResource implements XAResourceWrapper {

  private final XAResource delegate;
  private final BranchLedger ledger;
  private final String resource;
  private final Recoverability recovery;
  private @Nullable CommitTurn turn;
  private @Nullable XAException endFailure;
  private @Nullable Throwable startFailure;

  BranchResource(
      XAResource delegate, BranchLedger ledger, String resource, Recoverability recovery) {
    this.delegate = delegate;
    this.ledger = ledger;
    this.resource = resource;
    this.recovery = recovery;
  }

  /** The branch, once started. */
  public @Nullable TrackedBranch branch() {
    return turn == null ? null : turn.branch();
  }

  /** Why the branch could not be started, or null. */
  public @Nullable Throwable startFailure() {
    return startFailure;
  }

  private CommitTurn turn() throws XAException {
    if (turn == null) {
      throw XaErrors.of(XAException.XAER_PROTO, "The branch of '" + resource + "' was not started");
    }
    return turn;
  }

  private TrackedBranch started() throws XAException {
    return turn().branch();
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    try {
      XaCall.order(delegate, asked -> asked.start(xid, flags));
    } catch (XAException e) {
      startFailure = XaCall.thrown(e);
      throw e;
    }
    if (turn == null) {
      TrackedBranch begun = new TrackedBranch(resource, xid);
      turn = new CommitTurn(begun, recovery.commitRank(), () -> commit(begun, false));
      ledger.started(turn);
    }
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    try {
      XaCall.order(delegate, asked -> asked.end(xid, flags));
    } catch (XAException e) {
      if (endFailure == null) {
        endFailure = e;
        note(started(), e, flags);
      }
      throw BranchAnswers.toEnd(resource, e);
    }
  }

  /** An end that is part of a rollback refuses nothing. */
  private static void note(TrackedBranch current, XAException error, int flags) {
    if (flags == TMFAIL) {
      current.failed(error);
    } else {
      current.refused(error);
    }
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    TrackedBranch current = started();
    if (endFailure != null) {
      throw XaErrors.of(
          XAException.XAER_RMFAIL,
          "The branch of '" + resource + "' lost work before it could vote",
          endFailure);
    }
    current.become(PREPARING);
    try {
      int vote = XaCall.ask(delegate, asked -> asked.prepare(xid));
      current.become(vote == XA_RDONLY ? READ_ONLY : PREPARED);
      return vote;
    } catch (XAException e) {
      current.refused(e);
      throw BranchAnswers.toPrepare(current, e);
    }
  }

  /** Told to do neither, since nobody knows what is in the log. */
  private static void requireDecided(TrackedBranch branch) throws XAException {
    if (branch.isFrozen()) {
      throw XaErrors.of(
          XAException.XAER_RMFAIL,
          "The decision for '" + branch.resource() + "' is unknown until the next start");
    }
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    if (onePhase) {
      commit(started(), true);
    } else {
      turn().take(ledger.turns(started().key().transaction()));
    }
  }

  private void commit(TrackedBranch current, boolean onePhase) throws XAException {
    requireDecided(current);
    if (onePhase) {
      current.tellInOnePhase();
    }
    Xid xid = current.xid();
    try {
      Uninterrupted.run(() -> XaCall.order(delegate, asked -> asked.commit(xid, onePhase)));
      committed(current);
    } catch (XAException e) {
      current.failed(e);
      throw onePhase
          ? BranchAnswers.toOnePhaseCommit(current, e, delegate)
          : BranchAnswers.toCommit(current, e, delegate, recovery);
    }
  }

  /** What was answered must be known, be memory short for a moment. */
  private static void committed(TrackedBranch current) {
    try {
      current.become(COMMITTED);
    } catch (Error e) {
      current.become(COMMITTED);
    }
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    TrackedBranch current = started();
    requireDecided(current);
    turn().requireNotTold();
    boolean voted = current.state().mayHaveVoted();
    try {
      Uninterrupted.run(() -> XaCall.order(delegate, asked -> asked.rollback(xid)));
      current.become(ROLLED_BACK);
    } catch (XAException e) {
      current.failed(e);
      throw BranchAnswers.toRollback(current, e, voted, delegate, recovery);
    }
  }

  /** Only the wrapper itself: a join on another session would lose work. */
  @Override
  public boolean isSameRM(XAResource other) {
    return this == other;
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return seconds > 0 && XaCall.ask(delegate, asked -> asked.setTransactionTimeout(seconds));
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return XaCall.ask(delegate, XAResource::getTransactionTimeout);
  }

  @Override
  public Xid[] recover(int flag) throws XAException {
    return XaCall.ask(delegate, asked -> asked.recover(flag));
  }

  @Override
  public void forget(Xid xid) {
    // only an operator's order makes a resource manager forget what it decided on its own
  }

  @Override
  public XAResource getResource() {
    return delegate;
  }

  @Override
  public String getProductName() {
    return "handfast";
  }

  @Override
  public String getProductVersion() {
    return "1";
  }

  @Override
  public String getJndiName() {
    return resource;
  }

  @Override
  public String toString() {
    return "'" + resource + "'";
  }
}
