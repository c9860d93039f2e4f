package dev.handfast.xa.artemis.internal.branch;

import dev.handfast.xa.artemis.internal.client.ArtemisLog;
import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.artemis.internal.client.XaSession;
import dev.handfast.xa.spi.BreakableXaResource;
import dev.handfast.xa.spi.Uninterrupted;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * The XAResource that a transaction enlists: it begins the broker's branch, takes its vote and
 * carries out the decision. It remembers whether the branch has begun and not ended, because the
 * client's XA session sends outside any transaction before and after that, and does not even wait
 * for the broker then.
 *
 * <p>Error codes are the client's. A thread that works in the branch holds the session's lock; if
 * it does not let go within the call timeout, its connection is broken off. Once the transaction
 * has left the session, that may be another one's, and no call here reaches it any more.
 */
final class BrokerBranchResource implements BreakableXaResource {

  private final ArtemisSettings settings;
  private final BrokerClient client;
  private final XaSession session;
  private volatile boolean associated;
  private volatile boolean told;
  private volatile boolean left;

  BrokerBranchResource(BrokerClient client, XaSession session) {
    this.settings = client.settings();
    this.client = client;
    this.session = session;
  }

  /**
   * Returns whether work goes into the branch. Whoever asks holds the session's lock: then a branch
   * that is associated cannot end before the lock is free.
   */
  boolean isAssociated() {
    return associated;
  }

  /** Returns whether the broker was told an outcome, whatever it answered. */
  boolean isTold() {
    return told;
  }

  /** From now on no call reaches the session, unless it is under way and holds the lock. */
  void leave() {
    left = true;
    associated = false;
  }

  /** Nobody uses the session again, and whoever is blocked in a call on it is woken. */
  @Override
  public void breakOff() {
    if (!left) {
      session.markBroken();
      client.breakOff(session.connection());
    }
  }

  /** Begins the branch; {@code XAER_PROTO} if the transaction is over. */
  @Override
  public void start(Xid xid, int flags) throws XAException {
    requireOwn("start", XAException.XAER_PROTO);
    order(
        "start",
        core -> {
          core.start(xid, flags);
          associated = true;
        });
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    associated = false;
    order("end", core -> core.end(xid, flags));
  }

  /**
   * Takes the broker's vote, which it keeps whatever becomes of the connection. A broker that
   * refused a message on its way (the address is full, say) tells so only now, and is let forget
   * the branch that it has rolled back.
   */
  @Override
  public int prepare(Xid xid) throws XAException {
    return ask(
        "prepare",
        core -> {
          try {
            return answered("prepare", core, asked -> asked.prepare(xid));
          } catch (XAException e) {
            if (e.errorCode == XAException.XA_RBOTHER) {
              forgetRolledBack(core, xid);
            }
            throw e;
          }
        });
  }

  private void forgetRolledBack(XAResource core, Xid xid) {
    try {
      XaCall.order(core, asked -> asked.rollback(xid));
    } catch (XAException e) {
      session.markBroken();
      ArtemisLog.debug(settings.name(), "rolling back a refused branch failed", e);
    }
  }

  /**
   * Commits. If nobody asked for a vote, a broker that refused a message on its way tells so now;
   * and a branch whose commit could not even be sent is rolled back with its connection.
   */
  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    told = true;
    XaCall.Order order = core -> core.commit(xid, onePhase);
    XaCall.Question<Boolean> commit = order.asQuestion();
    exclusively(
        "commit",
        onePhase ? XAException.XA_RBCOMMFAIL : XAException.XA_RETRY,
        onePhase ? core -> answered("commit", core, commit) : commit);
  }

  /**
   * Asks for an end of the branch. The client takes the broker's answer that it has rolled the
   * branch back for a lost connection.
   */
  private <T> T answered(String doing, XAResource core, XaCall.Question<T> question)
      throws XAException {
    try {
      return question.ask(core);
    } catch (XAException e) {
      throw Failures.isRefusedWork(e) ? XaErrors.of(XAException.XA_RBOTHER, text(doing, e), e) : e;
    }
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    associated = false;
    told = true;
    order("roll back", core -> core.rollback(xid));
  }

  @Override
  public void forget(Xid xid) throws XAException {
    order("forget", core -> core.forget(xid));
  }

  @Override
  public Xid[] recover(int flag) throws XAException {
    return ask("recover", core -> core.recover(flag));
  }

  /**
   * Answers true for this object alone. A join on another session could make a branch that was lost
   * vote OK.
   */
  @Override
  public boolean isSameRM(XAResource other) {
    return this == other;
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return ask("tell its timeout", XAResource::getTransactionTimeout);
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return ask("set its timeout", core -> session.setTransactionTimeout(seconds));
  }

  private void order(String doing, XaCall.Order order) throws XAException {
    ask(doing, order.asQuestion());
  }

  private <T> T ask(String doing, XaCall.Question<T> question) throws XAException {
    return exclusively(doing, XAException.XAER_RMFAIL, question);
  }

  /**
   * @param failure the code if the broker could not be asked
   */
  private <T> T exclusively(String doing, int failure, XaCall.Question<T> question)
      throws XAException {
    requireOwn(doing, failure);
    if (!lockWithin(settings.callTimeout().toNanos())) {
      requireOwn(doing, failure);
      ArtemisLog.brokenOff(settings.name(), doing);
      breakOff();
      throw XaErrors.of(
          failure, settings.owner() + ": the session was still blocked when it was to " + doing);
    }
    try {
      requireOwn(doing, failure);
      return called(doing, failure, question);
    } finally {
      session.lock().unlock();
    }
  }

  private void requireOwn(String doing, int failure) throws XAException {
    if (left) {
      throw XaErrors.of(
          failure,
          settings.owner()
              + ": the transaction is over and has left its session; it cannot "
              + doing
              + " any more");
    }
  }

  private <T> T called(String doing, int failure, XaCall.Question<T> question) throws XAException {
    try {
      if (session.core().isClosed()) {
        throw XaErrors.of(
            failure, settings.owner() + ": the connection was lost before it could " + doing);
      }
      return XaCall.ask(session.core(), question);
    } catch (XAException e) {
      if (isDoubtful(e.errorCode)) {
        session.markBroken();
      }
      throw e.getMessage() == null && e.getCause() != null
          ? XaErrors.of(e.errorCode, text(doing, e), e)
          : e;
    }
  }

  private String text(String doing, XAException e) {
    return settings.owner() + ": could not " + doing + ": " + Failures.reason(e);
  }

  /** Returns whether, after this code, nobody knows the state of the session at the broker. */
  private static boolean isDoubtful(int code) {
    return code == XAException.XAER_RMFAIL
        || code == XAException.XAER_RMERR
        || code == XAException.XAER_PROTO
        || code == XAException.XA_RETRY;
  }

  /** Waits for the session; an interrupt of the thread must not fail the second phase. */
  private boolean lockWithin(long nanos) {
    long deadline = System.nanoTime() + nanos;
    return Uninterrupted.await(
        () -> session.lock().tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
  }
}
