package dev.handfast.xa.internal.transaction;

/** The transaction manager beneath. Safe for use by many threads. */
@FunctionalInterface
public interface TransactionEngine {

  /**
   * Begins a transaction, and leaves the calling thread as it is.
   *
   * @param timeoutSeconds what resource managers are told of its timeout; 0 for nothing
   */
  EngineTransaction begin(int timeoutSeconds);
}
