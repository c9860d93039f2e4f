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

  T call() throws X;
}
