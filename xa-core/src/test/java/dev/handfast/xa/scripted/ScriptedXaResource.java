package dev.handfast.xa.scripted;

import java.util.Locale;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** One connection to a {@link ScriptedRm}. */
final class ScriptedXaResource implements XAResource {

  private static final Xid[] NONE = {};

  private final ScriptedRm rm;
  private final String prefix;

  ScriptedXaResource(ScriptedRm rm, String prefix) {
    this.rm = rm;
    this.prefix = prefix;
  }

  @FunctionalInterface
  private interface Effect {
    void run() throws XAException;
  }

  private void call(XaStep step, Effect effect) throws XAException {
    Answer answer = rm.answer(step, prefix + step.name().toLowerCase(Locale.ROOT));
    if (answer.done()) {
      effect.run();
    }
    fail(answer);
  }

  private static void fail(Answer answer) throws XAException {
    if (answer.error() instanceof XAException xa) {
      throw xa;
    }
    if (answer.error() != null) {
      throw ScriptedXaResource.<RuntimeException>undeclared(answer.error());
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X undeclared(Throwable error) throws X {
    throw (X) error;
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    call(XaStep.START, () -> rm.start(xid));
  }

  @Override
  public void end(Xid xid, int flags) throws XAException {
    call(XaStep.END, () -> rm.end(xid));
  }

  /** An error {@code XA_RDONLY} is the vote that there is nothing to commit. */
  @Override
  public int prepare(Xid xid) throws XAException {
    Answer answer = rm.answer(XaStep.PREPARE, prefix + "prepare");
    if (answer.error() instanceof XAException xa && xa.errorCode == XA_RDONLY) {
      rm.readOnly(xid);
      return XA_RDONLY;
    }
    if (answer.done()) {
      rm.prepare(xid);
    }
    fail(answer);
    return XA_OK;
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    call(onePhase ? XaStep.ONE_PHASE : XaStep.COMMIT, () -> rm.commit(xid, onePhase));
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    call(XaStep.ROLLBACK, () -> rm.rollback(xid));
  }

  @Override
  public void forget(Xid xid) throws XAException {
    call(XaStep.FORGET, () -> rm.forget(xid));
  }

  @Override
  public Xid[] recover(int flag) throws XAException {
    if ((flag & TMSTARTRSCAN) == 0) {
      return NONE;
    }
    Answer answer = rm.answer(XaStep.RECOVER, prefix + "recover");
    fail(answer);
    return rm.list();
  }

  @Override
  public boolean isSameRM(XAResource other) {
    return other instanceof ScriptedXaResource that && rm == that.rm;
  }

  @Override
  public int getTransactionTimeout() {
    return 0;
  }

  @Override
  public boolean setTransactionTimeout(int seconds) {
    return false;
  }
}
