package dev.handfast.xa.spi;

import jakarta.transaction.Synchronization;
import java.util.function.Supplier;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A running global transaction as one resource adapter sees it. */
public interface GlobalTransaction {

  /** The global transaction id in hexadecimal, as in the log and in every message. */
  String gtrid();

  /** True while the transaction is active and not marked for rollback: branches may be added. */
  boolean acceptsWork();

  /**
   * Why work is refused, in words for a message: {@code marked for rollback (timed out after 5s)}.
   */
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

  /** A value kept with the transaction under a key of the adapter's own, or null. */
  @Nullable Object get(Object key);

  /** Keeps a value with the transaction until it ends. */
  void put(Object key, Object value);

  /**
   * Notes the last thing that was done in the transaction, for messages about its end.
   *
   * @param what tells it when it is asked for, on any thread: without secrets, and without values
   *     of the application's, as {@code send to 'invoices'}
   */
  void did(Supplier<String> what);

  /** The last thing that was done in the transaction, with the resource's name; empty if none. */
  String lastDone();

  /** Makes rollback the only possible outcome; the cause is told to the application. */
  void setRollbackOnly(Throwable cause);
}
