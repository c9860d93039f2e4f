package dev.handfast.xa.internal.transaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs work in a transaction of its own, on the calling thread. */
public interface NewTransaction {

  /** Work that may fail. */
  interface Work<X extends Exception> {
    void run() throws X;
  }

  /**
   * Begins a transaction, and commits it if the work returns or rolls it back on any Throwable.
   *
   * @param timeout of the transaction, or null for the default
   * @throws X of the work, after the rollback
   */
  <X extends Exception> void run(@Nullable Duration timeout, Work<X> work) throws X;
}
