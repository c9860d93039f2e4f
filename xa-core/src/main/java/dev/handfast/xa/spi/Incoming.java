package dev.handfast.xa.spi;

/**
 * Work that a resource adapter does in a global transaction that was begun for it, such as the
 * handling of a message.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface Incoming<X extends Exception> {

  /** Does the work on the calling thread, in the given transaction. */
  void in(GlobalTransaction transaction) throws X;
}
