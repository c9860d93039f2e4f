package dev.handfast.xa.spi;

import jakarta.transaction.Synchronization;
import java.util.function.Supplier;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A running global transaction, as the adapter of one resource sees it. */
public interface GlobalTransaction {

  /** Returns the global transaction id in hexadecimal, as the log and every message show it. */
  String gtrid();

  /**
   * Returns true while the transaction is active and not marked for rollback, so that work may be
   * done and branches added.
   */
  boolean acceptsWork();

  /** Returns why work is refused, in words for a message: {@code timed out after 5 s}. */
  String refusal();

  /**
   * Adds a branch: starts it on the given resource and makes the transaction finish it. Call it on
   * the thread of the transaction, once per transaction and resource manager.
   *
   * @throws EnlistmentException if the branch could not be started; the transaction is then marked
   *     for rollback
   */
  Branch enlist(XAResource resource) throws EnlistmentException;

  /**
   * Registers an interposed synchronization: its {@code beforeCompletion} runs after those of the
   * application, its {@code afterCompletion} before them (Jakarta Transactions 2.0,
   * TransactionSynchronizationRegistry). {@code afterCompletion} may run on another thread when the
   * transaction timed out.
   */
  void register(Synchronization synchronization);

  /**
   * Returns the value that was {@linkplain #put kept} with the transaction under a key, or null.
   * The values of one resource are not seen by another one.
   */
  @Nullable Object get(Object key);

  /**
   * Keeps a value with the transaction, under a key of this resource, until the transaction ends.
   */
  void put(Object key, Object value);

  /**
   * Notes what was done last in the transaction, for messages about its end.
   *
   * @param what tells it in words when a message needs it, on any thread, as {@code send to
   *     'invoices'}; the words hold neither secrets nor the application's values
   */
  void did(Supplier<String> what);

  /**
   * Returns what was done last in the transaction, with the resource's name; empty if nothing was
   * noted.
   */
  String lastDone();

  /**
   * Marks the transaction for rollback, so that it cannot commit any more. The application is told
   * the cause.
   */
  void setRollbackOnly(Throwable cause);
}
