package dev.handfast.xa.testkit.network;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a {@link TcpProxy} does with what it is given. Safe for use by many threads. */
final class NetworkState {

  enum Mode {
    PASS,
    STALL,
    DROP,
    REFUSE
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Mode mode = Mode.PASS;
  private volatile boolean closed;

  Mode mode() {
    return mode;
  }

  boolean isClosed() {
    return closed;
  }

  void become(Mode next) {
    lock.lock();
    try {
      mode = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    closed = true;
    become(Mode.DROP);
  }

  /** Waits while everything is held back. */
  void awaitFlow() {
    if (mode != Mode.STALL) {
      return;
    }
    lock.lock();
    try {
      while (mode == Mode.STALL) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
