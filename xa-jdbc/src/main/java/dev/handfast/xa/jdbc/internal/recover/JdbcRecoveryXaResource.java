package dev.handfast.xa.jdbc.internal.recover;

import dev.handfast.xa.jdbc.internal.branch.VotedBranches;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.ForwardingXaResource;
import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Carries out what recovery orders of a database. Where the database cannot be reached, {@code
 * commit} answers {@code XA_RETRY} and every other call {@code XAER_RMFAIL}; otherwise the answers
 * are the database's own. A branch whose connection is still open in this process is finished over
 * that connection, which holds the branch's locks and knows what it cached.
 */
public final class JdbcRecoveryXaResource extends ForwardingXaResource {

  private final DatabaseRecoveryConnection connection;
  private final Dialect dialect;
  private final VotedBranches voted;
  private final Runnable committed;

  /**
   * @param committed runs after a branch was committed over the connection of recovery
   */
  public JdbcRecoveryXaResource(
      DatabaseRecoveryConnection connection,
      Dialect dialect,
      VotedBranches voted,
      Runnable committed) {
    this.connection = connection;
    this.dialect = dialect;
    this.voted = voted;
    this.committed = committed;
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    if ((flags & TMSTARTRSCAN) == 0) {
      return new Xid[0];
    }
    boolean reused = connection.isOpen();
    try {
      return list();
    } catch (XAException e) {
      if (reused && e.errorCode == XAException.XAER_RMFAIL) {
        // The connection died since it was last used, which tells nothing of the database.
        return list();
      }
      throw e;
    }
  }

  private Xid[] list() throws XAException {
    return ask(database -> database.recover(TMSTARTRSCAN | TMENDRSCAN));
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    if (!onePhase && overItsOwn(xid, own -> own.commit(xid, false))) {
      return;
    }
    try {
      order(database -> database.commit(xid, onePhase));
    } catch (XAException e) {
      if (e.errorCode == XAException.XAER_RMFAIL && !onePhase) {
        throw MaskedXaErrors.of(XAException.XA_RETRY, e.getMessage(), e.getCause());
      }
      throw e;
    }
    committed.run();
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    if (!overItsOwn(xid, own -> own.rollback(xid))) {
      order(database -> database.rollback(xid));
    }
  }

  /**
   * Answers false if there is no such connection or no need for it, or if it could not carry out
   * the order.
   */
  private boolean overItsOwn(Xid xid, XaCall.Order order) {
    // Where any connection will do, one of work is not used: it may wait for an answer for ever.
    XAResource own = dialect.closingLosesVotes() ? voted.find(xid) : null;
    if (own == null) {
      return false;
    }
    try {
      XaCall.order(own, order);
      return true;
    } catch (XAException e) {
      return false;
    }
  }

  @Override
  protected <T> T ask(XaCall.Question<T> call) throws XAException {
    XAResource database = reach();
    try {
      return dialect.ask(database, call);
    } catch (XAException e) {
      if (!isAnswer(e.errorCode)) {
        connection.drop();
      }
      throw e;
    }
  }

  private XAResource reach() throws XAException {
    try {
      return connection.get().xa();
    } catch (SQLException | RuntimeException e) {
      throw MaskedXaErrors.of(XAException.XAER_RMFAIL, e.getMessage(), e);
    }
  }

  /** Whether the database itself answered, so that the connection is as good as before. */
  private static boolean isAnswer(int code) {
    return code == XAException.XAER_NOTA || XaErrors.isHeuristic(code);
  }
}
