package dev.handfast.xa.internal.transaction;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Open, claimed, over: one thread alone claims the end of a transaction, and it ends the branches
 * only when none is being added any more. Safe for use by many threads.
 */
final class Lifecycle {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean open = true;
  private volatile @Nullable Completion completion;
  private int enlisting;

  boolean isOpen() {
    return open;
  }

  /** How it ended, or null. */
  @Nullable Completion completion() {
    return completion;
  }

  /** Claims the end; false if another has. */
  boolean claim() {
    lock.lock();
    try {
      boolean claimed = open;
      open = false;
      return claimed;
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

  void complete(Completion end) {
    lock.lock();
    try {
      completion = end;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no branch is being added; false if the time was up first. */
  boolean awaitEnlistments(Duration wait) {
    return await(wait, () -> enlisting == 0);
  }

  /** Waits for the end; null if the time was up first. */
  @Nullable Completion awaitCompletion(Duration wait) {
    await(wait, () -> completion != null);
    return completion;
  }

  /** The caller has shielded itself from a pending interrupt; another one ends the wait. */
  private boolean await(Duration wait, BooleanSupplier moment) {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (!moment.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return moment.getAsBoolean();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return moment.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }
}
