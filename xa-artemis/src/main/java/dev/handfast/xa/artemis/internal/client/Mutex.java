package dev.handfast.xa.artemis.internal.client;

import java.util.concurrent.locks.ReentrantLock;

/** Runs one piece of work at a time. Another thread waits for its end; the same thread need not. */
public final class Mutex {

  /** Work that gives a result. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    T run() throws X;
  }

  /** Work that gives none. */
  @FunctionalInterface
  public interface Action<X extends Exception> {
    void run() throws X;
  }

  private final ReentrantLock lock = new ReentrantLock();

  /** Runs work while no other thread does, and returns its result. */
  public <T, X extends Exception> T call(Work<T, X> work) throws X {
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Runs work while no other thread does. */
  public <X extends Exception> void run(Action<X> action) throws X {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
