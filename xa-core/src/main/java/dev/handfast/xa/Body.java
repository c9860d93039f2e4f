package dev.handfast.xa;

/**
 * Work without a result, done in a transaction.
 *
 * @param <X> what it may throw; it reaches the caller as itself
 */
@FunctionalInterface
public interface Body<X extends Exception> {

  /**
   * Does the work, on the thread that asked for it and in the transaction that is current there.
   */
  void run() throws X;
}
