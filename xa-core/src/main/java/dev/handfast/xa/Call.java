package dev.handfast.xa;

import org.jspecify.annotations.Nullable;

/**
 * Work with a result, done in a transaction.
 *
 * @param <T> the result
 * @param <X> what it may throw; it reaches the caller as itself
 */
@FunctionalInterface
public interface Call<T extends @Nullable Object, X extends Exception> {

  /**
   * Does the work, on the thread that asked for it and in the transaction that is current there.
   * The result reaches the caller after the commit.
   */
  T call() throws X;
}
