package dev.handfast.xa;

import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a transaction, with one propagation type and timeout; see {@link
 * Handfast#transaction}. It is immutable and safe for use by many threads.
 *
 * <p>A Throwable of the work rolls back the transaction that was begun for the work, or marks the
 * one that the work joined for rollback. It reaches the caller as itself; what went wrong
 * afterwards is among its suppressed exceptions.
 */
public interface Transacted {

  /**
   * Returns a way to run work that gives a transaction begun for it this timeout, by a clock that
   * never jumps and to 10 ms. Resource managers are told it in whole seconds, rounded up.
   *
   * @throws IllegalArgumentException if it is not positive, or over 68 years
   */
  Transacted timeout(Duration timeout);

  /**
   * Returns a way to run work that gives a transaction begun for it a name, under which an operator
   * finds it: what is logged on the thread meanwhile carries it as {@code handfast.label} in the
   * MDC. Work that joins a transaction leaves that one its name.
   *
   * @throws IllegalArgumentException if it is blank, has a character that cannot be seen, or more
   *     than 64 bytes in UTF-8
   */
  Transacted label(String label);

  /**
   * Returns a way to run work as that of a method which declares its transaction.
   *
   * <ul>
   *   <li>A timeout that is configured for the method, or else for the class that declares it,
   *       takes the place of one that was or will be given: {@code
   *       handfast.transactional."com.acme.Orders.book".timeout}.
   *   <li>A timeout counts only where a transaction begins for the work. Work that joins a
   *       transaction leaves that one its timeout.
   *   <li>While the work runs, each method of {@link Handfast#userTransaction()} throws an {@link
   *       IllegalStateException} on this thread; if the type is NOT_SUPPORTED or NEVER, they work,
   *       also where the work was called by such that may not use them. It is as before when the
   *       work is over.
   * </ul>
   */
  Transacted declaredBy(Method method);

  /**
   * Runs the work on the calling thread, and returns after the transaction that was begun for it
   * has committed.
   *
   * @throws X what the work itself threw, after the rollback
   * @throws RolledBackException if the transaction could not commit; all of it is rolled back
   * @throws HeuristicOutcomeException if the outcome is mixed, contrary or unknown
   * @throws IllegalStateException if the propagation type forbids to run here, the runtime is
   *     closed, or a {@linkplain #timeout timeout} was given and the transaction was joined,
   *     without a {@linkplain #declaredBy method} that declares it
   */
  <X extends Exception> void run(Body<X> body) throws X;

  /** Runs the work as {@link #run} does, and returns its result after the commit. */
  <T extends @Nullable Object, X extends Exception> T call(Call<T, X> call) throws X;
}
