package dev.handfast.xa.artemis.internal.listen;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the receivers of one listener whether they may take messages, must wait, or must end. Safe
 * for use by many threads.
 */
final class IntakeSwitch {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean paused;
  private boolean closed;

  IntakeSwitch(boolean paused) {
    this.paused = paused;
  }

  void pause() {
    change(true, closed);
  }

  void resume() {
    change(false, closed);
  }

  void close() {
    change(paused, true);
  }

  private void change(boolean nowPaused, boolean nowClosed) {
    lock.lock();
    try {
      paused = nowPaused;
      closed = nowClosed;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isOpen() {
    lock.lock();
    try {
      return !paused && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits while the switch is paused. Returns false once it is closed. */
  boolean awaitOpen() {
    lock.lock();
    try {
      while (paused && !closed) {
        changed.awaitUninterruptibly();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits that long, or until the switch is paused or closed. Returns whether it stayed open. */
  boolean stayOpen(Duration time) {
    long left = time.toNanos();
    lock.lock();
    try {
      while (!paused && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !paused && !closed;
    } catch (InterruptedException e) {
      // Receivers are stopped by this gate and the end of their sessions, not by interrupts.
      return !paused && !closed;
    } finally {
      lock.unlock();
    }
  }
}
