package dev.handfast.xa.spi;

/**
 * Shields work from an interrupt of its thread, which is kept and set again when the work is done.
 * Without the shield, an interrupted client would give up a commit that the resource manager still
 * carries out, and an interrupted file channel would close its file for everybody who uses it.
 */
public final class Uninterrupted {

  /** Work that returns a result. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    T run() throws X;
  }

  /** Work that returns nothing. */
  @FunctionalInterface
  public interface Action<X extends Exception> {
    void run() throws X;
  }

  /**
   * A wait that an interrupt ends and that may be begun again. If it has a deadline, that stays the
   * same each time.
   */
  @FunctionalInterface
  public interface Wait<T, X extends Exception> {
    T await() throws InterruptedException, X;
  }

  private Uninterrupted() {}

  /**
   * Runs work without the interrupt that is pending, and sets it again afterwards. An interrupt
   * that comes while the work runs is not held off.
   */
  public static <T, X extends Exception> T call(Work<T, X> work) throws X {
    boolean interrupted = Thread.interrupted();
    try {
      return work.run();
    } finally {
      restore(interrupted);
    }
  }

  /** Runs work as {@link #call} does. */
  public static <X extends Exception> void run(Action<X> action) throws X {
    Uninterrupted.<Boolean, X>call(
        () -> {
          action.run();
          return true;
        });
  }

  /**
   * Waits to the end: a wait that an interrupt ended is begun again, and the interrupt is set again
   * afterwards.
   */
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
