package dev.handfast.xa.scripted;

import java.util.concurrent.CountDownLatch;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * What the resource manager does at one call.
 *
 * @param done whether it does what it was asked
 * @param error thrown afterwards, or null
 * @param gate waited for first, or null
 */
public record Answer(boolean done, @Nullable Throwable error, @Nullable Gate gate) {

  /** As asked. */
  public static Answer ok() {
    return new Answer(true, null, null);
  }

  /** Nothing but an error. */
  public static Answer fails(int code) {
    return new Answer(false, coded(code), null);
  }

  /** Nothing but an unchecked exception, as of a driver with a defect. */
  public static Answer breaks(RuntimeException error) {
    return new Answer(false, error, null);
  }

  /**
   * Nothing but what is thrown, be it an Error or an exception that XAResource does not declare.
   */
  public static Answer throwsOut(Throwable error) {
    return new Answer(false, error, null);
  }

  /** As asked, and the answer is lost: an error. */
  public static Answer lost(int code) {
    return new Answer(true, coded(code), null);
  }

  /** As asked, after the gate was opened. */
  public static Answer waits(Gate gate) {
    return new Answer(true, null, gate);
  }

  private static XAException coded(int code) {
    XAException error = new XAException("scripted " + code);
    error.errorCode = code;
    return error;
  }

  /** Holds a call up until the test lets it go on. */
  public static final class Gate implements AutoCloseable {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    void pass() {
      reached.countDown();
      boolean interrupted = false;
      while (true) {
        try {
          open.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    /** Waits until a call stands before the gate. */
    public void awaitReached() throws InterruptedException {
      reached.await();
    }

    /** Lets the call go on. */
    @Override
    public void close() {
      open.countDown();
    }
  }
}
