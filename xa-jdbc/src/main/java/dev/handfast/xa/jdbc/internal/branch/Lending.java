package dev.handfast.xa.jdbc.internal.branch;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the threads that are inside the pool with one use of a connection, and puts the end of the
 * lending off until none is: what the pool still does in their name would reach the next owner.
 * Begins with the calling thread inside. No thread waits for another. Safe for use by many threads.
 */
final class Lending {

  private static final int ENDED = Integer.MIN_VALUE;

  private final AtomicInteger inside = new AtomicInteger(1);
  private volatile Runnable giveBack = () -> {};

  /** Answers false if the lending has ended; else the caller must {@link #leave}. */
  boolean enter() {
    return inside.getAndUpdate(count -> count < 0 ? count : count + 1) >= 0;
  }

  /** Gives the connection back if the lending was ended meanwhile and no other thread is inside. */
  void leave() {
    if (inside.decrementAndGet() == ENDED) {
      giveBack.run();
    }
  }

  /**
   * Ends the lending: gives the connection back now, or has the last thread that is inside do so. A
   * second call does nothing.
   */
  void end(Runnable action) {
    if (inside.get() < 0) {
      return;
    }
    giveBack = action;
    if (inside.getAndUpdate(count -> count | ENDED) == 0) {
      action.run();
    }
  }

  /** Ends the lending if no thread is inside, and answers whether this call did. */
  boolean endNow() {
    return inside.compareAndSet(0, ENDED);
  }
}
