package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.decision.RunningTransactions;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.Uninterrupted;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of this runtime that are not over, and the threads that begin or end one. Safe
 * for use by many threads.
 */
public final class RunningTransactionSet implements RunningTransactions {

  private final Map<Gtrid, LiveTransaction> running = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Thread> following = ConcurrentHashMap.newKeySet();
  private int inside;

  @Override
  public Set<Gtrid> among(Collection<Gtrid> transactions) {
    return transactions.stream().filter(this::isLive).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String label(Gtrid transaction) {
    LiveTransaction live = running.get(transaction);
    return live == null ? "" : live.label();
  }

  private boolean isLive(Gtrid gtrid) {
    LiveTransaction live = running.get(gtrid);
    return live != null && !live.isOver();
  }

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
   * The thread begins or ends a transaction: it is not done with it when the transaction is over.
   * To be followed by {@link #leave}.
   */
  void enter() {
    count(1);
  }

  void leave() {
    count(-1);
  }

  /**
   * Does what follows the end of a transaction, between {@link #enter} and {@link #leave}: as long
   * as it takes, the thread neither begins nor ends one.
   */
  void follow(Runnable work) {
    Thread thread = Thread.currentThread();
    following.add(thread);
    leave();
    try {
      work.run();
    } finally {
      enter();
      following.remove(thread);
    }
  }

  /** The threads that do what follows the end of a transaction. */
  Set<Thread> following() {
    return Set.copyOf(following);
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

  /**
   * Waits until no transaction runs and no thread begins or ends one; false if time was up. An
   * interrupt is kept for afterwards.
   */
  boolean awaitEnds(Duration wait) {
    long end = System.nanoTime() + Platform.nanos(wait);
    return Uninterrupted.<Boolean, RuntimeException>await(() -> await(end, this::isEnded));
  }

  private boolean isEnded() {
    return running.isEmpty() && inside == 0;
  }

  /**
   * As {@link #awaitEnds}, and until all that follows an end is done. An interrupt ends the wait,
   * and is kept.
   */
  boolean awaitIdle(Duration wait) {
    long end = System.nanoTime() + Platform.nanos(wait);
    try {
      return await(end, () -> isEnded() && following.isEmpty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The moment is asked for under the lock. */
  private boolean await(long end, BooleanSupplier moment) throws InterruptedException {
    lock.lock();
    try {
      long left = end - System.nanoTime();
      while (!moment.getAsBoolean() && left > 0) {
        left = ended.awaitNanos(left);
      }
      return moment.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }
}
