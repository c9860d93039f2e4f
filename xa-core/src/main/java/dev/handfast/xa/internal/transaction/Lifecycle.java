package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.Uninterrupted;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Open, completing, claimed, over: one thread alone calls what comes before completion, one alone
 * claims the end of a transaction, and it ends the branches only when none is being added any more.
 * Safe for use by many threads.
 */
final class Lifecycle {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean open = true;
  private volatile @Nullable Thread completing;
  private volatile @Nullable String outside;
  private volatile @Nullable Completion completion;
  private boolean released;
  private int enlisting;

  boolean isOpen() {
    return open;
  }

  /** How it ended, or null. */
  @Nullable Completion completion() {
    return completion;
  }

  /** Why it was ended by another thread than the one that works in it, or null. */
  @Nullable String outside() {
    return outside;
  }

  /** Whether the calling thread is within what comes before its completion. */
  boolean isCompletedHere() {
    return completing == Thread.currentThread();
  }

  /** The calling thread alone is to call what comes before completion; false if another does. */
  boolean beginCompletion() {
    lock.lock();
    try {
      boolean first = completing == null;
      if (first) {
        completing = Thread.currentThread();
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  void endCompletion() {
    completing = null;
  }

  /**
   * Claims the end; false if another has.
   *
   * @param why it is ended from outside, or null
   */
  boolean claim(@Nullable String why) {
    lock.lock();
    try {
      if (!open) {
        return false;
      }
      outside = why;
      open = false;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A branch is about to be added; false if the end is claimed. */
  boolean beginEnlistment() {
    lock.lock();
    try {
      if (open) {
        enlisting++;
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  void endEnlistment() {
    lock.lock();
    try {
      enlisting--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** It is over; who waits for the end is told by {@link #release}. */
  void complete(Completion end) {
    completion = end;
  }

  /** Its connections have gone back: who waits for the end may go on. */
  void release() {
    lock.lock();
    try {
      released = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no branch is being added; false if the time was up first. */
  boolean awaitEnlistments(Duration wait) {
    return await(wait, () -> enlisting == 0);
  }

  /** Waits for the end, and for its connections; null if the time was up before the end. */
  @Nullable Completion awaitCompletion(Duration wait) {
    await(wait, () -> released);
    return completion;
  }

  /** An interrupt is kept for afterwards. */
  private boolean await(Duration wait, BooleanSupplier moment) {
    long end = System.nanoTime() + Platform.nanos(wait);
    return Uninterrupted.<Boolean, RuntimeException>await(() -> awaitUntil(end, moment));
  }

  private boolean awaitUntil(long end, BooleanSupplier moment) throws InterruptedException {
    lock.lock();
    try {
      long left = end - System.nanoTime();
      while (!moment.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return moment.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }
}
