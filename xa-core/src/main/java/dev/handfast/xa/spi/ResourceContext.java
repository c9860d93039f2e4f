package dev.handfast.xa.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the runtime gives to one opened resource. Safe for use by many threads. */
public interface ResourceContext {

  /**
   * Returns the global transaction of the calling thread, or null if there is none. A transaction
   * that has timed out or is ending is still returned, so that an adapter refuses work there
   * ({@link GlobalTransaction#acceptsWork()}) and does not do it outside of any transaction.
   */
  @Nullable GlobalTransaction current();

  /** Returns the deadline of one call of recovery to the resource manager. */
  Duration recoveryCallTimeout();

  /** Returns the Xids of branches by which the resource manager may be tried out. */
  Probes probes();

  /**
   * Runs work that the resource brought in, such as a message, in a new global transaction on the
   * calling thread. The transaction is committed when the work returns, and rolled back on any
   * Throwable of the work, which reaches the caller as itself.
   *
   * @param timeout the timeout of the transaction, or null for the default
   * @throws X what the work threw, after the rollback
   * @throws IllegalStateException before the work begins, if no transaction may begin now
   * @throws RuntimeException if the work returned and the transaction did not commit; the message
   *     tells how it ended
   */
  <X extends Exception> void transaction(@Nullable Duration timeout, Incoming<X> work) throws X;
}
