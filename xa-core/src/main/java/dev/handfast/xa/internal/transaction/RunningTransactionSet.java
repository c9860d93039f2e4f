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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Map<Gtrid, LiveTransaction> running = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Thread> following = ConcurrentHashMap.newKeySet();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();

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
      tell();
    }
  }

  /**
   * The thread begins or ends a transaction: it is not done with it when the transaction is over.
   * To be followed by {@link #leave}. Near the end of the stack it counts or it throws, as that
   * does, which a lock would not.
   */
  void enter() {
    inside.incrementAndGet();
  }

  void leave() {
    if (inside.decrementAndGet() == 0) {
      tell();
    }
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

  private void tell() {
    if (waiting.get() > 0) {
      lock.lock();
      try {
        ended.signalAll();
      } finally {
        lock.unlock();
      }
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
    return running.isEmpty() && inside.get() == 0;
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

  /** Looks again by itself too: who was to tell may have been thrown out of it. */
  private boolean await(long end, BooleanSupplier moment) throws InterruptedException {
    lock.lock();
    waiting.incrementAndGet();
    try {
      long left = end - System.nanoTime();
      while (!moment.getAsBoolean() && left > 0) {
        ended.awaitNanos(Math.min(left, LOOK_NANOS));
        left = end - System.nanoTime();
      }
      return moment.getAsBoolean();
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }
}
