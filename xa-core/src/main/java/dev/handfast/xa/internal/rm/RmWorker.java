package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.Uninterrupted;
import dev.handfast.xa.spi.XaErrors;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that talks to one resource manager for recovery. A call that does not return
 * within the deadline fails, and so does every later one at once until it returns: a hanging
 * resource manager costs the others one deadline.
 */
final class RmWorker implements AutoCloseable {

  private final String resource;
  private final Duration deadline;
  private final Platform platform;
  private final ExecutorService thread;
  private final ReentrantLock lock = new ReentrantLock(true); // fair: a look gets in beside a pass
  private @Nullable Future<?> hanging;
  private volatile long end;

  RmWorker(String resource, Duration deadline, Platform platform) {
    this.resource = resource;
    this.deadline = deadline;
    this.platform = platform;
    this.thread =
        Executors.newSingleThreadExecutor(platform.daemons("handfast-recovery-" + resource));
  }

  /** As {@link #call(Callable, Duration)}, with the worker's own deadline. */
  <T> T call(Callable<T> call) throws XAException, ExecutionException {
    return call(call, deadline);
  }

  /**
   * Runs a call on the worker's thread.
   *
   * @throws XAException {@code XAER_RMFAIL} past the limit, or while an earlier call hangs
   * @throws ExecutionException with whatever the call itself threw
   */
  <T> T call(Callable<T> call, Duration limit) throws XAException, ExecutionException {
    return begin(call).await(limit);
  }

  /**
   * Begins a call on the worker's thread; nobody else's comes in between until {@link Begun#await},
   * which must follow on the same thread.
   *
   * @throws XAException {@code XAER_RMFAIL} while an earlier call hangs, or if the turn did not
   *     come within the deadline
   */
  <T> Begun<T> begin(Callable<T> call) throws XAException {
    takeTurn();
    boolean begun = false;
    try {
      if (hanging != null && !hanging.isDone()) {
        throw XaErrors.of(
            XAException.XAER_RMFAIL, "An earlier call to '" + resource + "' has not returned");
      }
      hanging = null;
      Begun<T> answer = new Begun<>(submit(call));
      begun = true;
      return answer;
    } finally {
      if (!begun) {
        lock.unlock();
      }
    }
  }

  private void takeTurn() throws XAException {
    long until = platform.momentIn(deadline);
    if (!Uninterrupted.await(
        () -> lock.tryLock(platform.nanosUntil(until), TimeUnit.NANOSECONDS))) {
      throw XaErrors.of(
          XAException.XAER_RMFAIL,
          "'" + resource + "' was still being asked by others after " + deadline);
    }
  }

  /** A call under way. */
  final class Begun<T> {

    private final Future<T> answer;

    private Begun(Future<T> answer) {
      this.answer = answer;
    }

    /** As {@link RmWorker#call(Callable, Duration)}; a limit that is over asks once. */
    T await(Duration limit) throws XAException, ExecutionException {
      try {
        return RmWorker.this.await(answer, limit);
      } finally {
        lock.unlock();
      }
    }
  }

  private <T> Future<T> submit(Callable<T> call) throws XAException {
    try {
      return thread.submit(call);
    } catch (RejectedExecutionException e) {
      throw XaErrors.of(XAException.XAER_RMFAIL, "Recovery of '" + resource + "' is closed", e);
    }
  }

  private <T> T await(Future<T> answer, Duration limit) throws XAException, ExecutionException {
    long until = platform.momentIn(limit);
    if (!Uninterrupted.await(() -> hasEnded(answer, until))) {
      hanging = answer;
      throw XaErrors.of(
          XAException.XAER_RMFAIL,
          "'" + resource + "' did not answer within " + limit.toMillis() + " ms");
    }
    return Uninterrupted.await(answer::get);
  }

  private boolean hasEnded(Future<?> answer, long until) throws InterruptedException {
    try {
      answer.get(platform.nanosUntil(until), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Takes no more calls, lets the one that is under way end, and waits for nothing. */
  void stop() {
    if (!thread.isShutdown()) {
      end = platform.momentIn(deadline);
      thread.shutdown();
    }
  }

  /**
   * Stops the thread, and waits for the call that is under way until one deadline after the stop.
   * Only a call that hangs longer is interrupted, for an interrupt may close a driver's files for
   * everybody; it is left to end by itself. One that the closing thread has begun and does not
   * await, the check of a resource manager beside one that had the start refused, is not even
   * interrupted: it ends within the driver's bounds, and would only complain.
   */
  @Override
  public void close() {
    stop();
    try {
      if (!thread.awaitTermination(platform.nanosUntil(end), TimeUnit.NANOSECONDS)
          && !lock.isHeldByCurrentThread()) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
