package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.spi.BreakableXaResource;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.XaCall;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * An enlisted XAResource whose every call has a bound. When a call has not returned by then, the
 * connection is broken off, so that the call fails and its thread is free; a vote that was given
 * stays with the resource manager. The calls are made on the thread of the caller.
 */
final class WatchedXaResource implements XAResource {

  private static final MessageLog LOG = MessageLog.of(WatchedXaResource.class);

  private final XAResource delegate;
  private final String resource;
  private final LiveTransaction live;
  private final AtomicReference<@Nullable WatchedCall> current = new AtomicReference<>();

  WatchedXaResource(XAResource delegate, String resource, LiveTransaction live) {
    this.delegate = delegate;
    this.resource = resource;
    this.live = live;
  }

  private <T> T ask(String name, long bound, XaCall.Question<T> question) throws XAException {
    WatchedCall call = begin(name, bound);
    try {
      return question.ask(delegate);
    } finally {
      end(call);
    }
  }

  private void order(String name, long bound, XaCall.Order order) throws XAException {
    ask(name, bound, order.asQuestion());
  }

  private WatchedCall begin(String name, long bound) {
    WatchedCall call = new WatchedCall(name, bound, live.momentIn(bound), Thread.currentThread());
    current.set(call);
    live.lookAt(call.due());
    return call;
  }

  /** A break-off that is under way is this call's, and over before the next one begins. */
  private void end(WatchedCall call) {
    current.compareAndSet(call, null);
    call.end();
  }

  /** Calls something of the adapter that may need the connection, under the same bound. */
  void guard(String name, Runnable body) {
    WatchedCall call = begin(name, live.callBound());
    try {
      body.run();
    } finally {
      end(call);
    }
  }

  /** Breaks the connection off if a call is past its bound, else looks again by then. */
  void check(Timeouts timeouts, Executor breaker) {
    WatchedCall call = current.get();
    if (call == null) {
      return;
    }
    if (call.due() - timeouts.nanoTime() > 0) {
      timeouts.lookAt(call.due());
    } else if (current.compareAndSet(call, null)) {
      breaker.execute(() -> call.breakOff(() -> breakOff(call)));
    }
  }

  private void breakOff(WatchedCall call) {
    BreakableXaResource breakable = delegate instanceof BreakableXaResource itself ? itself : null;
    LOG.warnf(
        "HANDFAST001063 Resource '%s' has not returned from %s of %s within its bound of %d ms; its"
            + " connection %s.%s",
        resource,
        call.name(),
        live,
        TimeUnit.NANOSECONDS.toMillis(call.bound()),
        breakable == null ? "cannot be broken off" : "is to be broken off",
        MessageLog.Stack.of(call.caller()));
    if (breakable != null) {
      breakable.breakOff();
    }
  }

  /** Which call is under way, for a reader; empty if none is. */
  String underWay() {
    WatchedCall call = current.get();
    return call == null ? "" : call.name() + " of '" + resource + "'";
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    order("start", live.callBound(), it -> it.start(xid, flags));
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    order("end", live.callBound(), it -> it.end(xid, flags));
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    return ask("prepare", live.phaseBound(), it -> it.prepare(xid));
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    order("commit", live.phaseBound(), it -> it.commit(xid, onePhase));
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    order("rollback", live.callBound(), it -> it.rollback(xid));
  }

  @Override
  public void forget(Xid xid) throws XAException {
    order("forget", live.callBound(), it -> it.forget(xid));
  }

  @Override
  public Xid[] recover(int flag) throws XAException {
    return delegate.recover(flag);
  }

  @Override
  public boolean isSameRM(XAResource other) {
    return this == other;
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return ask("setTransactionTimeout", live.callBound(), it -> it.setTransactionTimeout(seconds));
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return ask("getTransactionTimeout", live.callBound(), XAResource::getTransactionTimeout);
  }
}
