package dev.handfast.xa;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A way to run work in a transaction; immutable. See {@link Handfast#transaction}.
 *
 * <p>Every Throwable of the work rolls back the transaction that was begun for it, and marks for
 * rollback the one that it joined; it reaches the caller as itself, with whatever went wrong
 * afterwards as suppressed exceptions.
 */
public interface Transacted {

  /**
   * The same with a timeout for a transaction that is begun here, in whole seconds or more precise;
   * fractions are rounded up to a second.
   *
   * @throws IllegalArgumentException if it is not positive, or over 68 years
   */
  Transacted timeout(Duration timeout);

  /**
   * Runs the work.
   *
   * @throws X of the work itself, after the rollback
   * @throws RolledBackException if the transaction could not commit: all of it is rolled back
   * @throws HeuristicOutcomeException if the outcome is mixed, contrary or unknown
   * @throws IllegalStateException if the propagation type forbids to run here, the runtime is
   *     closed, or a {@linkplain #timeout timeout} was given and the transaction was joined
   */
  <X extends Exception> void run(Body<X> body) throws X;

  /** As {@link #run}, and returns the work's result after the commit. */
  <T extends @Nullable Object, X extends Exception> T call(Call<T, X> call) throws X;
}
