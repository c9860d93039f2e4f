package dev.handfast.xa.artemis.internal.recover;

import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.ActiveMQException;

/**
 * The XAResource of recovery, which connects at need and again after an error. Error codes are the
 * broker's; where it cannot be reached, {@code commit} answers {@code XA_RETRY} and the rest {@code
 * XAER_RMFAIL}. Used by one thread at a time.
 */
public final class BrokerRecoveryResource implements XAResource {

  private static final Xid[] NONE = {};

  private final ArtemisSettings settings;
  private final BrokerRecoveryConnection connection;

  public BrokerRecoveryResource(ArtemisSettings settings, BrokerRecoveryConnection connection) {
    this.settings = settings;
    this.connection = connection;
  }

  @Override
  public Xid[] recover(int flag) throws XAException {
    if ((flag & TMSTARTRSCAN) == 0) {
      return NONE;
    }
    return ask(XAException.XAER_RMFAIL, session -> session.recover(TMSTARTRSCAN));
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    order(XAException.XA_RETRY, session -> session.commit(xid, onePhase));
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    order(XAException.XAER_RMFAIL, session -> session.rollback(xid));
  }

  @Override
  public void forget(Xid xid) throws XAException {
    order(XAException.XAER_RMFAIL, session -> session.forget(xid));
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    order(XAException.XAER_RMFAIL, session -> session.start(xid, flags));
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    order(XAException.XAER_RMFAIL, session -> session.end(xid, flags));
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    return ask(XAException.XAER_RMFAIL, session -> session.prepare(xid));
  }

  @Override
  public boolean isSameRM(XAResource other) {
    return this == other;
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return ask(XAException.XAER_RMFAIL, XAResource::getTransactionTimeout);
  }

  /** Sets the timeout, but never 0, which would end a branch at once. */
  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return seconds <= 0
        || ask(XAException.XAER_RMFAIL, session -> session.setTransactionTimeout(seconds));
  }

  private void order(int unreachable, XaCall.Order order) throws XAException {
    ask(unreachable, order.asQuestion());
  }

  private <T> T ask(int unreachable, XaCall.Question<T> question) throws XAException {
    connection.lock().lock();
    try {
      return XaCall.ask(connection.session(), question);
    } catch (XAException e) {
      Throwable thrown = XaCall.thrown(e);
      if (thrown instanceof RuntimeException) {
        throw outOfReach(unreachable, thrown);
      }
      if (!isAnswer(e.errorCode)) {
        connection.drop();
      }
      throw e;
    } catch (ActiveMQException | RuntimeException e) {
      throw outOfReach(unreachable, e);
    } finally {
      connection.lock().unlock();
    }
  }

  private XAException outOfReach(int unreachable, Throwable thrown) {
    connection.drop();
    return XaErrors.of(
        unreachable,
        Failures.ofBroker(
            settings, "cannot be reached by recovery as " + settings.recovery().shown(), thrown),
        thrown);
  }

  /** Returns whether the code is the broker's own answer about the branch. */
  private static boolean isAnswer(int code) {
    return code == XAException.XAER_NOTA || XaErrors.isHeuristic(code);
  }
}
