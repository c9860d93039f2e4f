package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.ForwardingXaResource;
import dev.handfast.xa.jdbc.internal.dialect.VoteCheck;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Takes the votes and carries out the outcomes of the branches on one connection. It ends the
 * application's use of the connection before the branch ends, keeps account of the vote, and
 * answers with codes that say what happened.
 */
final class JdbcXaResource extends ForwardingXaResource {

  private final XAResource driver;
  private final Dialect dialect;
  private final ConnectionState connection;
  private final VotedBranches voted;
  private volatile VoteCheck voteCheck = VoteCheck.NONE;

  JdbcXaResource(
      XAResource driver, Dialect dialect, ConnectionState connection, VotedBranches voted) {
    this.driver = driver;
    this.dialect = dialect;
    this.connection = connection;
    this.voted = voted;
  }

  ConnectionState connection() {
    return connection;
  }

  /** Takes the question that is asked before each vote. */
  void checkVotesBy(VoteCheck check) {
    voteCheck = check;
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    orderOrDistrust(resource -> resource.start(xid, flags));
    ConnectionUse use = connection.use();
    if (use != null) {
      use.resume();
    }
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    ConnectionUse use = connection.use();
    if (use != null) {
      use.end();
    }
    orderOrDistrust(resource -> resource.end(xid, flags));
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
    try {
      voteCheck.check();
    } catch (XAException e) {
      connection.distrust();
      rollbackQuietly(xid);
      throw e;
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
    orderOrDistrust(resource -> resource.rollback(xid));
    settled(xid);
  }

  @Override
  public void forget(Xid xid) throws XAException {
    orderOrDistrust(resource -> resource.forget(xid));
  }

  @Override
  protected <T> T ask(XaCall.Question<T> call) throws XAException {
    return dialect.ask(driver, call);
  }

  private void settled(Xid xid) {
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
