package dev.handfast.xa.artemis.internal.client;

import java.util.concurrent.locks.ReentrantLock;

/** Does one thing at a time: who comes while something is done waits for its end. */
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

  /** Does work when nobody else does any, and gives its result. */
  public <T, X extends Exception> T call(Work<T, X> work) throws X {
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Does work when nobody else does any. */
  public <X extends Exception> void run(Action<X> action) throws X {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
