package dev.handfast.xa.spi;

import dev.handfast.xa.config.Urls;
import java.io.Serial;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * The one way in which the runtime and the adapters call an {@link XAResource}. The caller gets an
 * answer or an {@link XAException} with an error code, whatever the resource manager's client
 * throws: an exception of another kind, an {@link Error}, or an {@code XAException} without a code
 * becomes {@code XAER_RMFAIL} with what was thrown as its cause, because nobody knows how far the
 * call came (X/Open CAE C193, section 3, {@code XAER_RMFAIL}).
 */
public final class XaCall {

  /** A call that gives an answer. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(XAResource resource) throws XAException;
  }

  /** A call that gives no answer but its error. */
  @FunctionalInterface
  public interface Order {
    void give(XAResource resource) throws XAException;

    /** The same as a question, whose answer is true. */
    default Question<Boolean> asQuestion() {
      return resource -> {
        give(resource);
        return true;
      };
    }
  }

  private XaCall() {}

  /**
   * Asks on the calling thread.
   *
   * @throws XAException of the resource manager, unchanged if it has a code; or {@code XAER_RMFAIL}
   */
  public static <T> T ask(XAResource resource, Question<T> question) throws XAException {
    try {
      return question.ask(resource);
    } catch (XAException e) {
      throw e.errorCode == 0 ? new Unexpected(e) : e;
    } catch (RuntimeException | Error e) {
      throw new Unexpected(e);
    }
  }

  /** Gives an order on the calling thread; throws as {@link #ask} does. */
  public static void order(XAResource resource, Order order) throws XAException {
    ask(resource, order.asQuestion());
  }

  /** What the client threw: the cause of an error that was made of it here, else the error. */
  public static Throwable thrown(XAException error) {
    Throwable cause = error.getCause();
    return error instanceof Unexpected && cause != null ? cause : error;
  }

  private static final class Unexpected extends XAException {

    @Serial private static final long serialVersionUID = 1L;

    private Unexpected(Throwable thrown) {
      super(Urls.mask(thrown instanceof Error ? thrown.toString() : XaErrors.describe(thrown)));
      errorCode = XAException.XAER_RMFAIL;
      initCause(thrown);
    }
  }
}
