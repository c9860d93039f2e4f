package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.spi.Uninterrupted;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that all users of a Netty share. It tells of what has ended, and ends itself when
 * it had nothing to do for a second. Until then it holds the class loader of Netty.
 */
public final class NettysThread {

  /** Is longer than it lives, unless another user of the same Netty keeps it alive. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(2_500);

  /** Network threads say that they have ended just before they do. */
  private static final Duration MOMENT = Duration.ofMillis(500);

  /** For threads that begin while others are counted. */
  private static final int SPARE = 16;

  private NettysThread() {}

  /**
   * Waits for its end, where that lets a class loader be freed: Netty and Handfast came with one
   * application, and nobody else in it works with Netty.
   */
  public static void awaitEnd(Duration longest) {
    if (!NettysOrigin.isTheApplication()) {
      return;
    }
    Duration wait = longest.compareTo(LONGEST_WAIT) < 0 ? longest : LONGEST_WAIT;
    long deadline = System.nanoTime() + wait.toNanos();
    Uninterrupted.await(() -> othersAreGone(deadline) && isGone(deadline));
  }

  /** Any other thread of this Netty belongs to a client that works on, and frees nothing now. */
  private static boolean othersAreGone(long deadline) throws InterruptedException {
    long end = Math.min(deadline, System.nanoTime() + MOMENT.toNanos());
    for (Thread thread : threads()) {
      if (thread instanceof FastThreadLocalThread
          && !GlobalEventExecutor.INSTANCE.inEventLoop(thread)) {
        thread.join(millisUntil(end));
        if (thread.isAlive()) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<Thread> threads() {
    ThreadGroup all = Thread.currentThread().getThreadGroup();
    while (all.getParent() != null) {
      all = all.getParent();
    }
    Thread[] found = new Thread[2 * all.activeCount() + SPARE];
    int count = all.enumerate(found);
    return Arrays.asList(found).subList(0, count);
  }

  private static boolean isGone(long deadline) throws InterruptedException {
    try {
      return GlobalEventExecutor.INSTANCE.awaitInactivity(
          millisUntil(deadline), TimeUnit.MILLISECONDS);
    } catch (IllegalStateException e) {
      return true; // it was never started
    }
  }

  private static long millisUntil(long deadline) {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }
}
