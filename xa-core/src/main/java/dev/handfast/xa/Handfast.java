package dev.handfast.xa;

import dev.handfast.xa.recovery.DrainReport;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.spi.Resource;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runtime that an application works with. There is one per class loader at a time, and it is
 * safe for use by many threads. Its start returns once all in-doubt branches of this node whose
 * resource managers can be reached are resolved; it works until {@link #close()}.
 */
public interface Handfast extends AutoCloseable {

  /**
   * Returns a builder that has no node name, no log store and no resources yet; the first two are
   * mandatory.
   */
  static Builder builder() {
    return new HandfastBuilder();
  }

  /**
   * Starts a runtime from a properties file. Environment variables override the file, and system
   * properties override both.
   *
   * @throws dev.handfast.xa.config.ConfigurationException if anything in it is wrong
   * @throws StartRefusedException if the node cannot be started as configured
   */
  static Handfast start(Path file) {
    return Configured.start(file);
  }

  /**
   * Starts a runtime from keys and values, as {@link #start(Path)} does from a file; nothing
   * overrides them.
   */
  static Handfast start(Map<String, String> properties) {
    return Configured.start(properties);
  }

  /**
   * Opens the log store of a node that is not running, for recovery alone. It is configured as for
   * {@link #start(Path)}. Opening takes the lock and records no start; no recovery pass runs and no
   * byte is changed before it is ordered.
   *
   * @throws dev.handfast.xa.config.ConfigurationException if anything in the configuration is wrong
   * @throws StartRefusedException if there is no store, or its node is running
   */
  static OpenStore openStore(Path file) {
    return Configured.openStore(file);
  }

  /**
   * Opens a log store as {@link #openStore(Path)} does, from keys and values; nothing overrides
   * them.
   */
  static OpenStore openStore(Map<String, String> properties) {
    return Configured.openStore(properties);
  }

  /**
   * Returns the handle of a resource that was given to the builder.
   *
   * @throws IllegalArgumentException if this runtime was not started with it
   */
  <H> H resource(Resource<H> resource);

  /**
   * Returns the handle of the resource with a name.
   *
   * @throws IllegalArgumentException if there is none of that name and type; the message lists them
   */
  <H> H resource(String name, Class<H> type);

  /**
   * Runs work in the transaction of the thread, or in a new one if the thread has none: {@link
   * #transaction}{@code (REQUIRED).run(body)}.
   */
  <X extends Exception> void run(Body<X> body) throws X;

  /**
   * Runs work as {@link #run} does, and returns its result: {@link #transaction}{@code
   * (REQUIRED).call(call)}.
   */
  <T extends @Nullable Object, X extends Exception> T call(Call<T, X> call) throws X;

  /** Returns a way to run work with another propagation type, as {@link TxType} defines them. */
  Transacted transaction(TxType type);

  /**
   * Returns a proxy of an object that runs the methods which are annotated with {@link
   * jakarta.transaction.Transactional} in transactions as their annotations say, and hands all
   * other calls on as they are. It needs the module {@code handfast-xa-transactional}, and Byte
   * Buddy where the type is a class. Only calls by the proxy run in transactions: what the object
   * calls on itself does not. The proxy is safe for use by many threads if the object is.
   *
   * @param type of the proxy: an interface, or a class that is neither final nor sealed
   * @param target does the work
   * @throws IllegalArgumentException if there is no such proxy, or it would not run each annotated
   *     method as annotated; the message lists every reason
   * @throws IllegalStateException if the runtime is closed or the module is missing
   */
  <T> T transactional(Class<T> type, T target);

  /**
   * Returns the Jakarta transaction manager. It refuses to enlist an XAResource whose branches
   * recovery could not finish.
   */
  TransactionManager transactionManager();

  /**
   * Lets the transaction of the calling body end without effect and without an exception: {@link
   * #run} or {@link #call} rolls it back when the body returns, and returns normally. Only the body
   * that began the transaction may ask for it; work is refused from then on.
   *
   * @throws IllegalStateException if the thread is in no transaction, the body joined one, or it is
   *     over
   */
  void endWithoutEffect();

  /**
   * Returns the Jakarta user transaction. It cannot be used while a method runs that {@linkplain
   * Transacted#declaredBy declares} its transaction.
   */
  UserTransaction userTransaction();

  /** Returns the Jakarta synchronization registry. */
  TransactionSynchronizationRegistry synchronizationRegistry();

  /** Returns what an operator may see and order. */
  Recovery recovery();

  /**
   * Holds work back: listeners take no more messages and no transaction begins, until {@link
   * #resume} or a restart. Then it waits for the transactions that run, and runs recovery until
   * nothing is in doubt or the time is up. Work that a running transaction would begin in another
   * transaction is refused, too.
   *
   * @param wait the time for all of it; recovery makes at least one pass, which may take longer
   * @throws IllegalStateException if the runtime is closed, or the thread is in a transaction
   */
  DrainReport drain(Duration wait);

  /**
   * Lets work begin again that {@link #drain} holds back. It has no effect if nothing is held back.
   *
   * @throws IllegalStateException if the runtime is closed
   */
  void resume();

  /**
   * Registers a shutdown hook that closes the runtime as {@link #close} does, within the given
   * time. It is needed because the end of a process by SIGTERM runs no try-with-resources.
   *
   * @param wait the time for all of it, of which running transactions get the most
   * @return this
   */
  Handfast closeOnShutdown(Duration wait);

  /**
   * Stops listeners, refuses new transactions, waits for running ones and for branches that have
   * voted, runs a last recovery, closes the resources, and releases the log store. A transaction
   * that the calling thread has left open is rolled back first, and the log says so. The call takes
   * 30 seconds at most, whatever a resource or a lock does: some seconds before it rolls back what
   * has not voted, and if something still holds it up at the end, the log says what, and the rest
   * of the close goes on without the caller. A connection whose closing would lose a vote is left
   * open, and the log says so; apart from that no thread and no connection of the runtime is left
   * afterwards. A second call does nothing.
   */
  @Override
  void close();

  /** Collects what a runtime is started with. Not safe for use by many threads. */
  interface Builder {

    /**
     * Sets the node name, which is mandatory: 1 to 20 ASCII letters, digits, {@code .}, {@code _},
     * {@code -}.
     *
     * @throws dev.handfast.xa.config.ConfigurationException if the name breaks this rule
     */
    Builder nodeName(String name);

    /** Sets the log store, which is mandatory. */
    Builder logStore(LogStore store);

    /** Adds resources, whose names must be unique. */
    Builder resources(Resource<?>... resources);

    /** Sets the timeout of transactions that name none; it is 60 s unless set. */
    Builder defaultTimeout(Duration timeout);

    /** Sets the time between two recovery passes; it is 10 s unless set. */
    Builder recoveryPeriod(Duration period);

    /** Sets the deadline of one call of recovery to a resource manager; it is 5 s unless set. */
    Builder recoveryCallTimeout(Duration timeout);

    /**
     * Lets the runtime start although the log names resources that are not configured; their
     * branches stay in doubt until they are.
     */
    Builder allowMissingResources();

    /**
     * Sets whether the operator's command may reach the runtime by {@code control.sock} in the log
     * directory, which only its owner can open; it may unless this is set to false.
     */
    Builder controlSocket(boolean enabled);

    /**
     * Starts the runtime: takes the lock of the log store, checks the resources, and resolves what
     * is in doubt.
     *
     * @throws dev.handfast.xa.config.ConfigurationException if a setting is missing or wrong
     * @throws StartRefusedException if the node cannot be started as configured; nothing is left
     *     open
     */
    Handfast start();

    /**
     * Opens the log store for recovery alone, as {@link Handfast#openStore(Path)} does.
     *
     * @throws dev.handfast.xa.config.ConfigurationException if a setting is missing or wrong
     * @throws StartRefusedException if there is no store, or its node is running
     */
    OpenStore openStore();
  }
}
