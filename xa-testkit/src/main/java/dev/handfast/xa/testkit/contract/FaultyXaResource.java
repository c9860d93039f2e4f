package dev.handfast.xa.testkit.contract;

import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A real XAResource whose next calls fail as told: faults are used up in the order in which they
 * were given, one for each call, and calls without a fault are passed on. Safe for use by many
 * threads.
 *
 * <pre>{@code
 * var faulty = new FaultyXaResource(real);
 * faulty.next(XaMethod.PREPARE, Fault.loseTheAnswer());      // prepared, and the caller does not know
 * faulty.next(XaMethod.COMMIT, Fault.answer(XAException.XAER_RMERR));
 * }</pre>
 */
public final class FaultyXaResource implements XAResource {

  /** The calls that can fail. */
  public enum XaMethod {
    START,
    END,
    PREPARE,
    COMMIT,
    ROLLBACK,
    RECOVER,
    FORGET
  }

  /** Something that goes wrong with one call. */
  public static final class Fault {

    private final boolean passedOn;
    private final int code;
    private final CountDownLatch gate;

    private Fault(boolean passedOn, int code, CountDownLatch gate) {
      this.passedOn = passedOn;
      this.code = code;
      this.gate = gate;
    }

    /** The call does nothing and answers an error code of {@link XAException}. */
    public static Fault answer(int code) {
      return new Fault(false, code, new CountDownLatch(0));
    }

    /** The call is carried out, and the caller gets {@code XAER_RMFAIL}. */
    public static Fault loseTheAnswer() {
      return loseTheAnswer(XAException.XAER_RMFAIL);
    }

    /** The call is carried out, and the caller gets an error code. */
    public static Fault loseTheAnswer(int code) {
      return new Fault(true, code, new CountDownLatch(0));
    }

    /** The call hangs until {@link #release()}, and then answers {@code XAER_RMFAIL}. */
    public static Fault hang() {
      return new Fault(false, XAException.XAER_RMFAIL, new CountDownLatch(1));
    }

    /** Lets a call that hangs go on. */
    public void release() {
      gate.countDown();
    }
  }

  private final XAResource real;
  private final Map<XaMethod, Queue<Fault>> faults = new EnumMap<>(XaMethod.class);
  private final Map<XaMethod, AtomicInteger> calls = new EnumMap<>(XaMethod.class);

  /** Passes everything on until told otherwise. */
  public FaultyXaResource(XAResource real) {
    this.real = real;
    for (XaMethod call : XaMethod.values()) {
      faults.put(call, new ConcurrentLinkedQueue<>());
      calls.put(call, new AtomicInteger());
    }
  }

  /** The next call of this kind that has no fault yet goes wrong. */
  public FaultyXaResource next(XaMethod call, Fault fault) {
    of(faults, call).add(fault);
    return this;
  }

  /** How many calls of a kind came in, those that failed included. */
  public int calls(XaMethod call) {
    return of(calls, call).get();
  }

  private static <T> T of(Map<XaMethod, T> map, XaMethod call) {
    T value = map.get(call);
    if (value == null) {
      throw new IllegalArgumentException(call.toString());
    }
    return value;
  }

  private interface Answer<T> {
    T get() throws XAException;
  }

  private interface Step {
    void run() throws XAException;
  }

  private <T> T call(XaMethod call, Answer<T> answer) throws XAException {
    of(calls, call).incrementAndGet();
    Fault fault = of(faults, call).poll();
    if (fault == null) {
      return answer.get();
    }
    if (fault.passedOn) {
      answer.get();
    }
    try {
      fault.gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new XAException(fault.code);
  }

  private void run(XaMethod call, Step step) throws XAException {
    this.<Boolean>call(
        call,
        () -> {
          step.run();
          return true;
        });
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    run(XaMethod.START, () -> real.start(xid, flags));
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    run(XaMethod.END, () -> real.end(xid, flags));
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    return call(XaMethod.PREPARE, () -> real.prepare(xid));
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    run(XaMethod.COMMIT, () -> real.commit(xid, onePhase));
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    run(XaMethod.ROLLBACK, () -> real.rollback(xid));
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    return call(XaMethod.RECOVER, () -> real.recover(flags));
  }

  @Override
  public void forget(Xid xid) throws XAException {
    run(XaMethod.FORGET, () -> real.forget(xid));
  }

  @Override
  public boolean isSameRM(XAResource other) {
    return other == this;
  }

  @Override
  public int getTransactionTimeout() throws XAException {
    return real.getTransactionTimeout();
  }

  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    return real.setTransactionTimeout(seconds);
  }
}
