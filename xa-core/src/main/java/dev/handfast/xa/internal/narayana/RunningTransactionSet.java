package dev.handfast.xa.internal.narayana;

import dev.handfast.xa.spi.Gtrid;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of this runtime that are not over, and the threads that are within Narayana.
 * Safe for use by many threads.
 */
final class RunningTransactionSet {

  private final Map<Gtrid, LiveTransaction> running = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private int inside;

  /** Those that are running at this moment. */
  Set<LiveTransaction> all() {
    return Set.copyOf(running.values());
  }

  /** Those that are running, while they come and go. */
  Collection<LiveTransaction> live() {
    return running.values();
  }

  @Nullable LiveTransaction of(Gtrid gtrid) {
    return running.get(gtrid);
  }

  void add(LiveTransaction live) {
    running.put(live.gtrid(), live);
  }

  /** A transaction is over; whoever waits for it is told. */
  void remove(LiveTransaction live) {
    if (running.remove(live.gtrid(), live)) {
      lock.lock();
      try {
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Narayana begins or ends a transaction: its afterCompletion comes before it is done with it, and
   * whoever asks for its reaper after the close starts another one. To be followed by {@link
   * #leave}.
   */
  void enter() {
    count(1);
  }

  void leave() {
    count(-1);
  }

  private void count(int change) {
    lock.lock();
    try {
      inside += change;
      if (inside == 0) {
        ended.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no transaction runs and no thread is within Narayana; false if time was up. */
  boolean awaitIdle(Duration wait) {
    return await(wait, () -> running.isEmpty() && inside == 0);
  }

  /** Waits until a transaction is over, or the time is up. */
  void awaitOver(LiveTransaction live, Duration wait) {
    await(wait, () -> !running.containsValue(live));
  }

  /** A moment that comes; asked under the lock. */
  private interface Moment {
    boolean isHere();
  }

  private boolean await(Duration wait, Moment moment) {
    long left = wait.toNanos();
    lock.lock();
    try {
      while (!moment.isHere() && left > 0) {
        left = ended.awaitNanos(left);
      }
      return moment.isHere();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
