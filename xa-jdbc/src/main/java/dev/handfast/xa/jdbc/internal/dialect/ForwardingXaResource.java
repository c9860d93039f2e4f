package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.spi.XaCall;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Passes every call of an XAResource on to another one. A subclass says in {@link #ask} how a call
 * is passed on, and overrides the calls in which it does something of its own. It is the same
 * resource manager as itself alone, so that no two branches are joined.
 */
public abstract class ForwardingXaResource implements XAResource {

  /** Passes a call on, and answers what it answered. */
  protected abstract <T> T ask(XaCall.Question<T> call) throws XAException;

  /** Passes a call on that has no answer. */
  protected final void order(XaCall.Order call) throws XAException {
    ask(call.asQuestion());
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    order(resource -> resource.start(xid, flags));
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    order(resource -> resource.end(xid, flags));
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    return ask(resource -> resource.prepare(xid));
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    order(resource -> resource.commit(xid, onePhase));
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    order(resource -> resource.rollback(xid));
  }

  @Override
  public void forget(Xid xid) throws XAException {
    order(resource -> resource.forget(xid));
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    return ask(resource -> resource.recover(flags));
  }

  @Override
  public final boolean isSameRM(XAResource other) {
    return other == this;
  }

  @Override
  public final int getTransactionTimeout() throws XAException {
    return ask(XAResource::getTransactionTimeout);
  }

  @Override
  public final boolean setTransactionTimeout(int seconds) throws XAException {
    return ask(resource -> resource.setTransactionTimeout(seconds));
  }
}
