package dev.handfast.xa.spi;

import dev.handfast.xa.config.Urls;
import java.io.Serial;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * The one way in which the runtime and the adapters call an {@link XAResource}. The caller gets an
 * answer or an {@link XAException} with an error code, whatever the resource manager's client
 * throws: an exception of another kind, be it one that it may not throw, an {@link Error}, or an
 * {@code XAException} without a code becomes {@code XAER_RMFAIL} with what was thrown as its cause,
 * because nobody knows how far the call came (X/Open CAE C193, section 3, {@code XAER_RMFAIL}).
 */
public final class XaCall {

  /** A call that returns an answer. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(XAResource resource) throws XAException;
  }

  /** A call that returns nothing, and throws if it fails. */
  @FunctionalInterface
  public interface Order {
    void give(XAResource resource) throws XAException;

    /** Returns the same call as a question whose answer is always true. */
    default Question<Boolean> asQuestion() {
      return resource -> {
        give(resource);
        return true;
      };
    }
  }

  private XaCall() {}

  /**
   * Makes a call on the calling thread and returns its answer.
   *
   * @throws XAException of the resource manager, unchanged if it has a code; or {@code XAER_RMFAIL}
   */
  public static <T> T ask(XAResource resource, Question<T> question) throws XAException {
    try {
      return question.ask(resource);
    } catch (XAException e) {
      throw e.errorCode == 0 ? new Unexpected(e) : e;
    } catch (Throwable e) {
      throw new Unexpected(e);
    }
  }

  /** Makes a call that returns nothing, on the calling thread; it throws as {@link #ask} does. */
  public static void order(XAResource resource, Order order) throws XAException {
    ask(resource, order.asQuestion());
  }

  /**
   * Returns what the resource manager's client threw: the cause of an error that {@link #ask} made
   * of it, else the error itself.
   */
  public static Throwable thrown(XAException error) {
    Throwable cause = error.getCause();
    return error instanceof Unexpected && cause != null ? cause : error;
  }

  private static final class Unexpected extends XAException {

    @Serial private static final long serialVersionUID = 1L;

    private Unexpected(Throwable thrown) {
      super(described(thrown));
      errorCode = XAException.XAER_RMFAIL;
      initCause(thrown);
    }

    /** What cannot be described is told by its type: the call must be answered. */
    private static String described(Throwable thrown) {
      try {
        return Urls.mask(thrown instanceof Error ? thrown.toString() : XaErrors.describe(thrown));
      } catch (RuntimeException | Error e) {
        return thrown.getClass().getName();
      }
    }
  }
}
