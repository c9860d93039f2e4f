package dev.handfast.xa.spi;

/**
 * Shields work from the interrupt of its thread, which is kept and set again when the work is done:
 * an interrupted client gives up a commit that the resource manager carries out, and an interrupted
 * file channel closes a file under everybody who uses it.
 */
public final class Uninterrupted {

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

  /**
   * A wait that an interrupt ends; the deadline is its own and stays the same if it is repeated.
   */
  @FunctionalInterface
  public interface Wait<T, X extends Exception> {
    T await() throws InterruptedException, X;
  }

  private Uninterrupted() {}

  /** Runs work without the interrupt that is pending; one that comes meanwhile is not held off. */
  public static <T, X extends Exception> T call(Work<T, X> work) throws X {
    boolean interrupted = Thread.interrupted();
    try {
      return work.run();
    } finally {
      restore(interrupted);
    }
  }

  /** As {@link #call}. */
  public static <X extends Exception> void run(Action<X> action) throws X {
    Uninterrupted.<Boolean, X>call(
        () -> {
          action.run();
          return true;
        });
  }

  /** Waits to the end: a wait that an interrupt ended is begun again. */
  public static <T, X extends Exception> T await(Wait<T, X> wait) throws X {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      restore(interrupted);
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
