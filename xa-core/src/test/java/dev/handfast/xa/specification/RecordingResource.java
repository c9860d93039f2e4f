package dev.handfast.xa.specification;

import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.spi.XidKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * An XAResource that notes each call with its flags, and runs a part of the test at a step before
 * it hands the call on.
 */
final class RecordingResource implements XAResource {

  private static final Map<Integer, String> FLAGS =
      Map.of(
          TMNOFLAGS, "TMNOFLAGS",
          TMJOIN, "TMJOIN",
          TMRESUME, "TMRESUME",
          TMSUCCESS, "TMSUCCESS",
          TMFAIL, "TMFAIL",
          TMSUSPEND, "TMSUSPEND");

  private final String name;
  private final XAResource delegate;
  private final List<String> seen;
  private final List<XidKey> xids = new CopyOnWriteArrayList<>();
  private final Map<XaStep, Callback.Before> parts = new EnumMap<>(XaStep.class);

  RecordingResource(String name, XAResource delegate, List<String> seen) {
    this.name = name;
    this.delegate = delegate;
    this.seen = seen;
  }

  /** The part runs at each such call. */
  RecordingResource at(XaStep step, Callback.Before part) {
    parts.put(step, part);
    return this;
  }

  /** The Xids of all calls. */
  Set<XidKey> xids() {
    return Set.copyOf(xids);
  }

  private void note(XaStep step, Xid xid, String call) {
    seen.add(name + " " + call);
    xids.add(XidKey.of(xid));
    Callback.Before part = parts.get(step);
    if (part != null) {
      Callback.before(part).beforeCompletion();
    }
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    note(XaStep.START, xid, "start " + FLAGS.get(flags));
    delegate.start(xid, flags);
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    note(XaStep.END, xid, "end " + FLAGS.get(flags));
    delegate.end(xid, flags);
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    note(XaStep.PREPARE, xid, "prepare");
    return delegate.prepare(xid);
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    note(
        onePhase ? XaStep.ONE_PHASE : XaStep.COMMIT,
        xid,
        onePhase ? "commit in one phase" : "commit");
    delegate.commit(xid, onePhase);
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    note(XaStep.ROLLBACK, xid, "rollback");
    delegate.rollback(xid);
  }

  @Override
  public void forget(Xid xid) throws XAException {
    note(XaStep.FORGET, xid, "forget");
    delegate.forget(xid);
  }

  @Override
  public Xid[] recover(int flag) throws XAException {
    return delegate.recover(flag);
  }

  @Override
  public boolean isSameRM(XAResource other) throws XAException {
    seen.add(name + " isSameRM");
    return other instanceof RecordingResource that
        ? delegate.isSameRM(that.delegate)
        : delegate.isSameRM(other);
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return delegate.getTransactionTimeout();
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return delegate.setTransactionTimeout(seconds);
  }
}
