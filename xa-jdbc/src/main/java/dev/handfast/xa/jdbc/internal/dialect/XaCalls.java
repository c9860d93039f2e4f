package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.config.Urls;
import dev.handfast.xa.spi.XaErrors;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** Calls to a driver's XAResource. */
public final class XaCalls {

  private XaCalls() {}

  /** Something a driver answers. */
  public interface Answer<T> {
    T get() throws XAException;
  }

  /** Something a driver does. */
  public interface Step {
    public void run() throws XAException;
  }

  /** Whatever the driver throws comes out as an XAException with a code that says why. */
  public static <T> T get(Dialect dialect, Answer<T> answer) throws XAException {
    try {
      return answer.get();
    } catch (XAException e) {
      throw dialect.normalise(e);
    } catch (RuntimeException e) {
      // Drivers answer so on a connection that is gone.
      throw failure(XAException.XAER_RMFAIL, e.toString(), e);
    }
  }

  /** As {@link #get}. */
  public static void run(Dialect dialect, Step step) throws XAException {
    XaCalls.<Boolean>get(
        dialect,
        () -> {
          step.run();
          return true;
        });
  }

  /** A failure whose text holds no secret of a URL. */
  public static XAException failure(int code, @Nullable String message, @Nullable Throwable cause) {
    String text = Urls.mask(String.valueOf(message));
    return cause == null ? XaErrors.of(code, text) : XaErrors.of(code, text, cause);
  }
}
