package dev.handfast.xa.internal.transaction;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One call that has a bound. Either it returns first, and its connection is left alone, or it is
 * broken off first, and returns when that is done: so nobody else's call is hit.
 */
final class WatchedCall {

  private static final long POLL_NANOS = 100_000;

  private enum State {
    RUNNING,
    BREAKING,
    ENDED
  }

  private final String name;
  private final long bound;
  private final long due;
  private final Thread caller;
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

  /**
   * @param name for a reader
   * @param bound how long it may take, in nanoseconds
   * @param due when it has to be back, in the time of {@link System#nanoTime}
   */
  WatchedCall(String name, long bound, long due, Thread caller) {
    this.name = name;
    this.bound = bound;
    this.due = due;
    this.caller = caller;
  }

  String name() {
    return name;
  }

  long bound() {
    return bound;
  }

  long due() {
    return due;
  }

  Thread caller() {
    return caller;
  }

  /** Breaks it off, unless it has returned; does not wait for the call. */
  void breakOff(Runnable breaking) {
    if (state.compareAndSet(State.RUNNING, State.BREAKING)) {
      try {
        breaking.run();
      } finally {
        state.set(State.ENDED);
      }
    }
  }

  /** The call returns. Waits for a break-off that is under way, which waits for nobody. */
  void end() {
    if (!state.compareAndSet(State.RUNNING, State.ENDED)) {
      while (state.get() == State.BREAKING) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }
}
