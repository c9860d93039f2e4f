package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.ForwardingXaResource;
import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Takes the votes and carries out the outcomes of the branches on one connection. It ends the
 * application's use of the connection before the branch ends, keeps account of the vote, and
 * answers with codes that say what happened. After the connection was broken off, every call
 * answers {@code XAER_RMFAIL}.
 */
final class JdbcXaResource extends ForwardingXaResource {

  private final XAResource driver;
  private final Dialect dialect;
  private final ConnectionState connection;
  private final DriverAccess access;
  private final VotedBranches voted;
  private final Health health;

  JdbcXaResource(
      XAResource driver,
      Dialect dialect,
      ConnectionState connection,
      DriverAccess access,
      VotedBranches voted,
      Health health) {
    this.driver = driver;
    this.dialect = dialect;
    this.connection = connection;
    this.access = access;
    this.voted = voted;
    this.health = health;
  }

  ConnectionState connection() {
    return connection;
  }

  DriverAccess access() {
    return access;
  }

  /** Breaks the connection off as below, unless it is used otherwise by now. */
  void breakOff(ConnectionUse expected, String why) {
    connection.whileUsed(expected, () -> breakOff(why));
  }

  /**
   * Breaks the connection off. A connection whose end would lose the vote of its branch is kept;
   * only the statement that runs on it is cancelled.
   *
   * @param why in words for a message
   * @return the helper that aborts the connection, null if it is kept
   */
  @Nullable Helper breakOff(String why) {
    connection.distrust();
    ConnectionUse use = connection.use();
    if (use != null && use.running().statement() != null) {
      Helper.start("cancel", use.running()::cancel);
    }
    if (dialect.closingLosesVotes() && connection.holdsVote()) {
      return null;
    }
    Helper abort = access.breakOff(why);
    Xid vote = connection.vote();
    if (vote != null) {
      voted.remove(vote, connection);
      connection.partFromVote();
    }
    return abort;
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    orderOrDistrust(resource -> resource.start(xid, flags));
    if (flags == TMNOFLAGS) {
      access.session().begun();
    }
    ConnectionUse use = connection.use();
    if (use != null) {
      use.resume();
    }
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    ConnectionUse use = connection.use();
    if (use != null && flags == TMSUCCESS) {
      use.endToVote();
    } else if (use != null) {
      use.end();
    }
    if (flags != TMSUSPEND) {
      requireOpen();
      requireUnoccupied();
    }
    orderOrDistrust(resource -> resource.end(xid, flags));
  }

  /** Another thread may have rolled the branch back meanwhile. */
  private void requireOpen() throws XAException {
    ConnectionUse use = connection.use();
    if (connection.isSettled() && use != null) {
      throw MaskedXaErrors.of(
          XAException.XA_RBROLLBACK,
          "the branch was rolled back before it could vote: " + use.standing(),
          null);
    }
  }

  /** A call would wait for ever. The database rolls the branch back with its connection. */
  private void requireUnoccupied() throws XAException {
    String occupation = access.session().occupation();
    if (occupation != null && access.broken() == null) {
      breakOff(occupation);
      throw MaskedXaErrors.of(XAException.XA_RBROLLBACK, occupation, null);
    }
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    checkVote(xid);
    connection.voting(xid);
    voted.add(xid, connection, this);
    try {
      int vote = ask(resource -> resource.prepare(xid));
      if (vote == XA_RDONLY) {
        settled(xid);
      }
      return vote;
    } catch (XAException e) {
      connection.distrust();
      if (XaErrors.isRollback(e.errorCode)) {
        settled(xid);
      }
      throw e;
    }
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    if (onePhase && !dialect.keepsOnePhaseCommits()) {
      commitInTwoPhases(xid);
      return;
    }
    if (onePhase) {
      requireWhole(XAException.XA_RBCOMMFAIL);
      checkVote(xid);
    }
    orderOrDistrust(resource -> resource.commit(xid, onePhase));
    settled(xid);
  }

  /**
   * Asks whether the branch still holds its work. A branch that lost it is rolled back and does not
   * vote.
   */
  private void checkVote(Xid xid) throws XAException {
    requireOpen();
    requireWhole(XAException.XAER_RMFAIL);
    try {
      access.<Boolean, XAException>forCompletion(
          () -> {
            access.session().checkVote();
            return true;
          });
    } catch (XAException e) {
      connection.distrust();
      rollbackQuietly(xid);
      throw explained(e);
    }
  }

  /** Whatever a call over a connection failed with that was broken off, the connection is lost. */
  private XAException explained(XAException failure) {
    String broken = access.broken();
    return broken == null
        ? failure
        : MaskedXaErrors.of(
            XAException.XAER_RMFAIL, "its connection was broken off: " + broken, failure);
  }

  /** Nothing is sent over a connection that was broken off. */
  private void requireWhole(int failure) throws XAException {
    String broken = access.broken();
    if (broken != null) {
      throw MaskedXaErrors.of(failure, "its connection was broken off: " + broken, null);
    }
  }

  /**
   * Commits with a vote before. If the process is killed in between, the branch has no decision,
   * and recovery rolls it back.
   */
  private void commitInTwoPhases(Xid xid) throws XAException {
    int vote;
    try {
      vote = prepare(xid);
    } catch (XAException e) {
      rollbackQuietly(xid);
      throw XaErrors.of(XAException.XA_RBROLLBACK, "It could not be prepared: " + e, e);
    }
    if (vote == XA_OK) {
      commit(xid, false);
    }
  }

  private void rollbackQuietly(Xid xid) {
    try {
      rollback(xid);
    } catch (XAException e) {
      // Without a decision to commit, recovery rolls it back if it was prepared after all.
      connection.distrust();
    }
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    String remains = access.session().remains();
    orderOrDistrust(resource -> resource.rollback(xid));
    settled(xid);
    if (remains != null) {
      connection.distrust();
      throw MaskedXaErrors.of(XAException.XA_HEURHAZ, remains, null);
    }
  }

  @Override
  public void forget(Xid xid) throws XAException {
    orderOrDistrust(resource -> resource.forget(xid));
  }

  @Override
  protected <T> T ask(XaCall.Question<T> call) throws XAException {
    requireWhole(XAException.XAER_RMFAIL);
    try {
      return access.<T, XAException>forCompletion(() -> dialect.ask(driver, call));
    } catch (XAException e) {
      if (access.broken() != null) {
        throw explained(e);
      }
      if (e.errorCode == XAException.XAER_RMFAIL && e.getCause() instanceof SQLException cause) {
        health.lost(cause);
      }
      throw e;
    }
  }

  private void settled(Xid xid) {
    health.works();
    connection.settled();
    voted.remove(xid, connection);
    connection.closeIfAsked();
  }

  /** Passes an order on; if it fails, the connection is of no further use. */
  private void orderOrDistrust(XaCall.Order call) throws XAException {
    try {
      order(call);
    } catch (XAException e) {
      connection.distrust();
      throw e;
    }
  }
}
