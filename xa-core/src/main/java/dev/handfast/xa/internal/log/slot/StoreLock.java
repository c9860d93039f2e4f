package dev.handfast.xa.internal.log.slot;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a store, which is had even when there is no memory for a place in its queue: who has
 * written must learn what became of it.
 */
final class StoreLock {

  static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock();

  Condition newCondition() {
    return lock.newCondition();
  }

  /** Waits for the lock, which the caller does not hold. Throws nothing. */
  void lock() {
    try {
      lock.lock();
    } catch (Throwable e) {
      poll();
    }
  }

  void unlock() {
    lock.unlock();
  }

  /**
   * Has the lock again after a wait for a condition that failed, which may have cost it, and a
   * while later. Throws nothing.
   */
  void regain() {
    if (lock.isHeldByCurrentThread()) {
      lock.unlock();
    }
    LockSupport.parkNanos(POLL_NANOS);
    poll();
  }

  private void poll() {
    while (!lock.isHeldByCurrentThread() && !lock.tryLock()) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
