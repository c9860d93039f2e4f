package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.spi.Uninterrupted;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one thread that all users of a Netty share. It tells of what has ended, and ends itself when
 * it had nothing to do for a second. Until then it holds the class loader of Netty, so the last
 * resource that is closed waits for it, where that loader is the application's and may be freed.
 */
public final class NettysThread {

  /** Is longer than it lives, unless another user of the same Netty keeps it alive. */
  private static final long LONGEST_WAIT_MILLIS = 2_500;

  private static final AtomicInteger USERS = new AtomicInteger();

  private NettysThread() {}

  /**
   * A resource is opened; it calls {@link #release()} once, when its network threads have ended.
   */
  public static void use() {
    USERS.incrementAndGet();
  }

  /** A resource is closed. */
  public static void release() {
    if (USERS.decrementAndGet() == 0 && mayBeFreed()) {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
      Uninterrupted.await(() -> ended(deadline));
    }
  }

  private static boolean mayBeFreed() {
    ClassLoader loader = GlobalEventExecutor.class.getClassLoader();
    return loader != ClassLoader.getSystemClassLoader()
        && loader == NettysThread.class.getClassLoader();
  }

  private static boolean ended(long deadline) throws InterruptedException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    try {
      return GlobalEventExecutor.INSTANCE.awaitInactivity(
          Math.max(1, millis), TimeUnit.MILLISECONDS);
    } catch (IllegalStateException e) {
      return true; // it was never started
    }
  }
}
