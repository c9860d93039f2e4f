package dev.handfast.xa.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the runtime gives to one opened resource. Safe for use by many threads. */
public interface ResourceContext {

  /**
   * The global transaction of the calling thread, or null if there is none. A transaction that has
   * timed out or is finishing is still returned, so that an adapter can refuse work in its name
   * instead of doing it outside ({@link GlobalTransaction#acceptsWork()}).
   */
  @Nullable GlobalTransaction current();

  /** The deadline of one call of recovery to the resource manager. */
  Duration recoveryCallTimeout();

  /**
   * Runs work that comes in by the resource in a global transaction of its own, on the calling
   * thread: begins it, commits it when the work returns, and rolls it back on any Throwable of the
   * work, which reaches the caller as itself.
   *
   * @param timeout of the transaction, or null for the default
   * @throws X of the work, after the rollback
   * @throws IllegalStateException before the work begins, if no transaction may begin now
   * @throws RuntimeException if the work returned and the transaction could not commit, or its
   *     outcome is not a commit; the message tells
   */
  <X extends Exception> void transaction(@Nullable Duration timeout, Incoming<X> work) throws X;
}
