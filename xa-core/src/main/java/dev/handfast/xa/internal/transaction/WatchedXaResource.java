package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.platform.Stacks;
import dev.handfast.xa.spi.BreakableXaResource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An enlisted XAResource whose every call has a bound. When a call has not returned by then, the
 * connection is broken off, so that the call fails and its thread is free; a vote that was given
 * stays with the resource manager. The calls are made on the thread of the caller.
 */
final class WatchedXaResource implements XAResource {

  private static final Logger LOG = Logger.getLogger(WatchedXaResource.class);

  private final XAResource delegate;
  private final String resource;
  private final LiveTransaction live;
  private final AtomicReference<@Nullable WatchedCall> current = new AtomicReference<>();

  WatchedXaResource(XAResource delegate, String resource, LiveTransaction live) {
    this.delegate = delegate;
    this.resource = resource;
    this.live = live;
  }

  /** Something that is called. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws XAException;
  }

  private <T> T within(String name, long bound, Call<T> body) throws XAException {
    WatchedCall call = begin(name, bound);
    try {
      return body.make();
    } finally {
      end(call);
    }
  }

  private WatchedCall begin(String name, long bound) {
    long due = live.momentIn(bound);
    WatchedCall call = new WatchedCall(name, due, Thread.currentThread());
    current.set(call);
    live.lookAt(due);
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
    LOG.warnf(
        "HANDFAST001063 Resource '%s' has not returned from %s of %s within its bound; its"
            + " connection is broken off.%s",
        resource, call.name(), live, Stacks.of(call.caller()));
    if (delegate instanceof BreakableXaResource breakable) {
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
    within(
        "start",
        live.callBound(),
        () -> {
          delegate.start(xid, flags);
          return true;
        });
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    within(
        "end",
        live.callBound(),
        () -> {
          delegate.end(xid, flags);
          return true;
        });
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    return within("prepare", live.phaseBound(), () -> delegate.prepare(xid));
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    within(
        "commit",
        live.phaseBound(),
        () -> {
          delegate.commit(xid, onePhase);
          return true;
        });
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    within(
        "rollback",
        live.callBound(),
        () -> {
          delegate.rollback(xid);
          return true;
        });
  }

  @Override
  public void forget(Xid xid) throws XAException {
    within(
        "forget",
        live.callBound(),
        () -> {
          delegate.forget(xid);
          return true;
        });
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
    return within(
        "setTransactionTimeout", live.callBound(), () -> delegate.setTransactionTimeout(seconds));
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return within("getTransactionTimeout", live.callBound(), delegate::getTransactionTimeout);
  }
}
