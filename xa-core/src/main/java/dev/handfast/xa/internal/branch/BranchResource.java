package dev.handfast.xa.internal.branch;

import static dev.handfast.xa.spi.BranchState.COMMITTED;
import static dev.handfast.xa.spi.BranchState.HEURISTIC;
import static dev.handfast.xa.spi.BranchState.PREPARED;
import static dev.handfast.xa.spi.BranchState.PREPARING;
import static dev.handfast.xa.spi.BranchState.READ_ONLY;
import static dev.handfast.xa.spi.BranchState.ROLLED_BACK;
import static dev.handfast.xa.spi.BranchState.UNKNOWN;

import dev.handfast.xa.spi.XaErrors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jboss.logging.Logger;
import org.jboss.tm.XAResourceWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The wrapper around every enlisted XAResource. It gives the log its name, keeps what is known of
 * the branch, and turns each answer of the resource manager into the one code that makes the
 * transaction manager do the right thing (docs/architecture.md):
 *
 * <ul>
 *   <li>a branch whose {@code end} failed never votes to commit, and is rolled back;
 *   <li>a vote that is no vote is a refusal, whatever its code;
 *   <li>two-phase commit: no answer is {@code XA_RETRY}; an unclear answer ({@code XAER_RMERR},
 *       unknown codes) is asked back: still listed or no answer is {@code XA_RETRY}, not listed is
 *       a hazard;
 *   <li>one-phase commit: everything but success and XA_RB* is unknown;
 *   <li>rollback: no answer is {@code XAER_RMFAIL}, and recovery rolls the branch back;
 *   <li>a heuristic outcome that is the decided one is forgotten at once;
 *   <li>phase 2 is shielded from interrupts.
 * </ul>
 */
public final class BranchResource implements XAResourceWrapper {

  private static final Logger LOG = Logger.getLogger(BranchResource.class);

  private final XAResource delegate;
  private final BranchLedger ledger;
  private final String resource;
  private final Recoverability recovery;
  private @Nullable TrackedBranch branch;
  private @Nullable XAException endFailure;
  private @Nullable Exception startFailure;

  BranchResource(
      XAResource delegate, BranchLedger ledger, String resource, Recoverability recovery) {
    this.delegate = delegate;
    this.ledger = ledger;
    this.resource = resource;
    this.recovery = recovery;
  }

  /** The branch, once started. */
  public @Nullable TrackedBranch branch() {
    return branch;
  }

  /** Why the branch could not be started, or null. */
  public @Nullable Exception startFailure() {
    return startFailure;
  }

  private TrackedBranch started() throws XAException {
    if (branch == null) {
      throw XaErrors.of(XAException.XAER_PROTO, "The branch of '" + resource + "' was not started");
    }
    return branch;
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    try {
      delegate.start(xid, flags);
    } catch (XAException | RuntimeException e) {
      startFailure = e;
      throw translated(e, XAException.XAER_RMFAIL);
    }
    if (branch == null) {
      branch = ledger.started(resource, xid);
    }
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    try {
      delegate.end(xid, flags);
    } catch (XAException | RuntimeException e) {
      XAException error = translated(e, XAException.XAER_RMFAIL);
      if (endFailure == null) {
        endFailure = error;
        note(started(), error, flags);
      }
      throw XaErrors.isRollback(error.errorCode) ? error : lost(error);
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

  /** XA_RB* is the one family of codes after which the branch is still sent its rollback. */
  private XAException lost(XAException error) {
    return XaErrors.of(
        XAException.XA_RBCOMMFAIL,
        "The work of '" + resource + "' may be lost: " + XaErrors.describe(error),
        error);
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
      int vote = delegate.prepare(xid);
      current.become(vote == XA_RDONLY ? READ_ONLY : PREPARED);
      return vote;
    } catch (XAException | RuntimeException e) {
      XAException error = translated(e, XAException.XAER_RMFAIL);
      current.refused(error);
      throw refused(current, error);
    }
  }

  private XAException refused(TrackedBranch current, XAException error) {
    return switch (error.errorCode) {
      case XAException.XAER_RMFAIL,
          XAException.XAER_RMERR,
          XAException.XAER_PROTO,
          XAException.XAER_INVAL ->
          error;
      default -> {
        if (XaErrors.isRollback(error.errorCode) || error.errorCode == XAException.XAER_NOTA) {
          current.become(ROLLED_BACK);
          yield error;
        }
        yield XaErrors.of(
            XAException.XAER_RMERR,
            "'" + resource + "' gave no vote: " + XaErrors.describe(error),
            error);
      }
    };
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
    TrackedBranch current = started();
    requireDecided(current);
    try {
      Uninterrupted.run(() -> delegate.commit(xid, onePhase));
      current.become(COMMITTED);
    } catch (XAException | RuntimeException e) {
      XAException error = translated(e, XAException.XAER_RMFAIL);
      current.failed(error);
      throw onePhase ? afterOnePhase(current, error) : afterTwoPhase(current, error);
    }
  }

  private XAException afterOnePhase(TrackedBranch current, XAException error) {
    if (XaErrors.isRollback(error.errorCode)) {
      current.refused(error);
      current.become(ROLLED_BACK);
      return error;
    }
    if (error.errorCode == XAException.XA_HEURRB) {
      current.refused(error);
    }
    if (error.errorCode == XAException.XA_HEURRB || error.errorCode == XAException.XA_HEURCOM) {
      forgetDecided(current);
      current.become(error.errorCode == XAException.XA_HEURRB ? ROLLED_BACK : COMMITTED);
      return error;
    }
    current.become(error.errorCode == XAException.XA_HEURMIX ? HEURISTIC : UNKNOWN);
    return XaErrors.of(
        XAException.XA_HEURHAZ, "The answer to the one-phase commit did not come", error);
  }

  private XAException afterTwoPhase(TrackedBranch current, XAException error) {
    return switch (error.errorCode) {
      case XAException.XA_RETRY, XAException.XAER_RMFAIL -> retry(error);
      case XAException.XA_HEURCOM -> {
        forgetDecided(current);
        current.become(COMMITTED);
        yield error;
      }
      case XAException.XA_HEURRB, XAException.XA_HEURMIX, XAException.XA_HEURHAZ -> {
        current.become(HEURISTIC);
        yield error;
      }
      default -> askedBack(current, error);
    };
  }

  private XAException askedBack(TrackedBranch current, XAException error) {
    if (recovery.lists(current.xid()) != Recoverability.ListAnswer.NOT_LISTED) {
      return retry(error);
    }
    current.become(HEURISTIC);
    return XaErrors.of(
        XAException.XA_HEURHAZ,
        "'"
            + resource
            + "' answered "
            + XaErrors.name(error.errorCode)
            + " to the commit and no longer lists the branch",
        error);
  }

  private XAException retry(XAException error) {
    return XaErrors.of(
        XAException.XA_RETRY,
        "'" + resource + "' did not confirm the commit; recovery will finish it",
        error);
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    TrackedBranch current = started();
    requireDecided(current);
    boolean voted = current.state().mayHaveVoted();
    try {
      Uninterrupted.run(() -> delegate.rollback(xid));
      current.become(ROLLED_BACK);
    } catch (XAException | RuntimeException e) {
      XAException error = translated(e, XAException.XAER_RMFAIL);
      current.failed(error);
      throw afterRollback(current, error, voted);
    }
  }

  private XAException afterRollback(TrackedBranch current, XAException error, boolean voted) {
    if (error.errorCode == XAException.XA_HEURRB) {
      forgetDecided(current);
      current.become(ROLLED_BACK);
    } else if (XaErrors.isRollback(error.errorCode) || error.errorCode == XAException.XAER_NOTA) {
      current.become(ROLLED_BACK);
    } else if (XaErrors.isHeuristic(error.errorCode)) {
      current.become(HEURISTIC);
    } else {
      current.become(voted ? PREPARED : UNKNOWN);
      return XaErrors.of(
          XAException.XAER_RMFAIL,
          "'" + resource + "' did not confirm the rollback: " + XaErrors.describe(error),
          error);
    }
    return error;
  }

  /** Nothing is to be decided any more; a resource manager that keeps it is asked by recovery. */
  private void forgetDecided(TrackedBranch current) {
    try {
      Uninterrupted.run(() -> delegate.forget(current.xid()));
    } catch (XAException | RuntimeException e) {
      LOG.debugf(e, "'%s' could not forget an outcome that was the decided one", resource);
    }
  }

  private static XAException translated(Exception error, int unknownCode) {
    if (error instanceof XAException xa && xa.errorCode != 0) {
      return xa;
    }
    return XaErrors.of(unknownCode, XaErrors.describe(error), error);
  }

  /** Only the wrapper itself: a join on another session would lose work. */
  @Override
  public boolean isSameRM(XAResource other) {
    return this == other;
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return seconds > 0 && delegate.setTransactionTimeout(seconds);
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return delegate.getTransactionTimeout();
  }

  @Override
  public Xid[] recover(int flag) throws XAException {
    return delegate.recover(flag);
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
