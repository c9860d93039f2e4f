package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.Uninterrupted;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ends transactions that have timed out, and calls to resource managers that are past their bound.
 * One thread looks, by a clock that never jumps, and calls nobody: each transaction is rolled back
 * and each connection broken off on a thread of its own, so that one that hangs delays no other.
 * Safe for use by many threads.
 */
final class Timeouts implements AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(Timeouts.class);
  private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(100);

  /** What is due later wakes nobody: the thread looks by then, and plans anew. */
  private static final long LONGEST_SLEEP = TimeUnit.SECONDS.toNanos(1);

  private static final long UNATTENDED = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long IDLE_SECONDS = 10;
  private static final Duration LONGEST_END = Duration.ofMillis(500);

  private final Platform platform;
  private final Supplier<Collection<LiveTransaction>> running;
  private final Consumer<LiveTransaction> end;
  private final Consumer<LiveTransaction> takeOver;
  private final long callBound;
  private final AtomicLong next;
  private final ThreadPoolExecutor threads;
  private final Queue<Runnable> refused = new ConcurrentLinkedQueue<>();
  private final Thread watch;
  private volatile boolean closed;

  /**
   * Begins to look.
   *
   * @param running the transactions that are not over
   * @param end ends a transaction whose end was claimed
   * @param takeOver brings one to its end whose end was claimed and is carried out by nobody
   * @param callBound of one call to a resource manager
   */
  Timeouts(
      Platform platform,
      Supplier<Collection<LiveTransaction>> running,
      Consumer<LiveTransaction> end,
      Consumer<LiveTransaction> takeOver,
      Duration callBound) {
    this.platform = platform;
    this.running = running;
    this.end = end;
    this.takeOver = takeOver;
    this.callBound = callBound.toNanos();
    this.next = new AtomicLong(platform.nanoTime() + LONGEST_SLEEP);
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            platform.numberedDaemons("handfast-timeout"));
    this.watch = platform.daemons("handfast-timeouts").newThread(this::watch);
    watch.start();
  }

  long nanoTime() {
    return platform.nanoTime();
  }

  /** How long a call to a resource manager may take, in nanoseconds. */
  long callBound() {
    return callBound;
  }

  /** Sees to it that the transactions are looked at by that moment of {@link #nanoTime}. */
  void lookAt(long moment) {
    long planned = next.get();
    while (planned - moment > 0) {
      if (next.compareAndSet(planned, moment)) {
        wake();
        return;
      }
      planned = next.get();
    }
  }

  /** The thread itself sleeps no longer than until what it has just planned. */
  private void wake() {
    if (Thread.currentThread() != watch) {
      LockSupport.unpark(watch);
    }
  }

  private void watch() {
    while (!closed) {
      try {
        look();
      } catch (Throwable e) {
        lookAt(nanoTime() + RETRY);
        LOG.errorf(e, "HANDFAST001064 The look at timeouts failed; it is tried again");
      }
      long left = next.get() - nanoTime();
      if (left > 0 && !closed) {
        LockSupport.parkNanos(left);
      }
    }
  }

  /** What is added while it looks lowers the next moment by itself. */
  private void look() {
    next.set(nanoTime() + LONGEST_SLEEP);
    for (Runnable again = refused.poll(); again != null; again = refused.poll()) {
      apart(again);
    }
    for (LiveTransaction live : running.get()) {
      strike(live);
      live.enlisted().checkCalls(this, this::apart);
      attend(live);
    }
  }

  private void strike(LiveTransaction live) {
    TransactionTimeout timeout = live.timeout();
    if (timeout.nanos() == 0 || !live.isOpen()) {
      return;
    }
    if (!live.isTimedOut()) {
      lookAt(timeout.end());
    } else if (live.claim(live.timedOut())) {
      endApart(live);
    }
  }

  /** An Error may have thrown whoever claimed the end out of it, however deep. */
  private void attend(LiveTransaction live) {
    if (live.isUnattended() && live.isUnattendedFor(UNATTENDED)) {
      apart(() -> takeOver.accept(live));
    }
  }

  /** Ends a transaction whose end was claimed, on a thread of its own. */
  void endApart(LiveTransaction live) {
    apart(() -> end.accept(live));
  }

  /** Where no thread is to be had, it is tried again. */
  private void apart(Runnable work) {
    try {
      threads.execute(work);
    } catch (RuntimeException | Error e) {
      refused.add(work);
      lookAt(nanoTime() + RETRY);
    }
  }

  /** Looks no more; what is being ended goes on. */
  @Override
  public void close() {
    closed = true;
    threads.shutdown();
    LockSupport.unpark(watch);
  }

  /** Waits a moment, after {@link #close}, for its threads to end; one that hangs goes on. */
  void awaitThreads(Duration longest) {
    long end = platform.momentIn(longest.compareTo(LONGEST_END) < 0 ? longest : LONGEST_END);
    Uninterrupted.await(
        () -> {
          watch.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(platform.nanosUntil(end))));
          return threads.awaitTermination(platform.nanosUntil(end), TimeUnit.NANOSECONDS);
        });
  }
}
