package dev.handfast.xa.jdbc;

import dev.handfast.xa.config.Urls;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** One kind of call to an XAResource. */
enum XaCall {
  START,
  END,
  PREPARE,
  COMMIT,
  COMMIT_ONE_PHASE,
  ROLLBACK,
  FORGET,
  RECOVER,
  OTHER;

  /** Something a driver does. */
  interface Action<T extends @Nullable Object> {
    T run() throws XAException;
  }

  /** Runs it; whatever the driver throws comes out as an XAException with a code that says why. */
  <T extends @Nullable Object> T run(Dialect dialect, Action<T> action) throws XAException {
    try {
      return action.run();
    } catch (XAException e) {
      throw dialect.normalise(this, e);
    } catch (RuntimeException e) {
      // Drivers answer so on a connection that is gone.
      throw failure(XAException.XAER_RMFAIL, this + " failed: " + e, e);
    }
  }

  static XAException failure(int code, @Nullable String message, @Nullable Throwable cause) {
    var failure = new XAException(message == null ? null : Urls.mask(message));
    failure.errorCode = code;
    if (cause != null) {
      failure.initCause(cause);
    }
    return failure;
  }
}
