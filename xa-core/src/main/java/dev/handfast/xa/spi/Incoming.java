package dev.handfast.xa.spi;

/**
 * What a resource adapter does in a global transaction that it began itself.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface Incoming<X extends Exception> {

  /** Does the work on the calling thread, in the given transaction. */
  void in(GlobalTransaction transaction) throws X;
}
