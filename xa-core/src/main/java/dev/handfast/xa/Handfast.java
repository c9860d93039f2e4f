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
 * The runtime: one per class loader at a time, safe for use by many threads. It is started once all
 * in-doubt branches of this node whose resource managers can be reached are resolved, and works
 * until {@link #close()}.
 */
public interface Handfast extends AutoCloseable {

  /** A builder without a node name, a log store or resources: the first two are mandatory. */
  static Builder builder() {
    return new HandfastBuilder();
  }

  /**
   * Starts from a properties file, overridden by environment variables and then by system
   * properties.
   *
   * @throws dev.handfast.xa.config.ConfigurationException if anything in it is wrong
   * @throws StartRefusedException if the node cannot be started as configured
   */
  static Handfast start(Path file) {
    return Configured.start(file);
  }

  /** Starts from keys and values, as {@link #start(Path)}; nothing overrides them. */
  static Handfast start(Map<String, String> properties) {
    return Configured.start(properties);
  }

  /**
   * Opens the log store of a node that is not running, for recovery alone, configured as for {@link
   * #start(Path)}: takes the lock, records no start, runs no pass and changes no byte until it is
   * told to.
   *
   * @throws dev.handfast.xa.config.ConfigurationException if anything in the configuration is wrong
   * @throws StartRefusedException if there is no store, or its node is running
   */
  static OpenStore openStore(Path file) {
    return Configured.openStore(file);
  }

  /** Opens a log store from keys and values, as {@link #openStore(Path)}. */
  static OpenStore openStore(Map<String, String> properties) {
    return Configured.openStore(properties);
  }

  /**
   * The handle of a resource given to the builder.
   *
   * @throws IllegalArgumentException if this runtime was not started with it
   */
  <H> H resource(Resource<H> resource);

  /**
   * The handle of a resource by name.
   *
   * @throws IllegalArgumentException if there is none of that name and type; the message lists them
   */
  <H> H resource(String name, Class<H> type);

  /** {@link #transaction}{@code (REQUIRED).run(body)}. */
  <X extends Exception> void run(Body<X> body) throws X;

  /** {@link #transaction}{@code (REQUIRED).call(call)}. */
  <T extends @Nullable Object, X extends Exception> T call(Call<T, X> call) throws X;

  /** Runs work with another propagation type, as {@link TxType} defines them. */
  Transacted transaction(TxType type);

  /** The Jakarta transaction manager. It refuses XAResources that recovery could not finish. */
  TransactionManager transactionManager();

  /** The Jakarta user transaction. */
  UserTransaction userTransaction();

  /** The Jakarta synchronization registry. */
  TransactionSynchronizationRegistry synchronizationRegistry();

  /** Recovery as an operator sees it. */
  Recovery recovery();

  /**
   * Holds work back: listeners take nothing more and no transaction begins, until {@link #resume}
   * or a restart. Waits for what runs, and runs recovery until nothing is in doubt or the time is
   * up. Work that a running transaction would begin in a transaction of its own is refused, too.
   *
   * @param wait for the whole; recovery makes one pass at least, which may take longer
   * @throws IllegalStateException if the runtime is closed, or the thread is in a transaction
   */
  DrainReport drain(Duration wait);

  /**
   * Ends {@link #drain}. No effect if nothing is held back.
   *
   * @throws IllegalStateException if the runtime is closed
   */
  void resume();

  /**
   * Registers a shutdown hook that closes the runtime and gives running transactions that much
   * time; SIGTERM runs no try-with-resources.
   *
   * @return this
   */
  Handfast closeOnShutdown(Duration wait);

  /**
   * Stops listeners, refuses new transactions, waits for running ones and for branches that have
   * voted, runs a last recovery, closes the resources, and releases the log store. Waits 30 seconds
   * at most, then rolls back what has not voted; a connection whose closing would lose a vote is
   * left open, and the log says so. Afterwards no thread and no connection of the runtime's is
   * left. A second call does nothing.
   */
  @Override
  void close();

  /** Collects what a runtime is started with. Not safe for use by many threads. */
  interface Builder {

    /**
     * The mandatory node name: 1 to 20 ASCII letters, digits, {@code .}, {@code _}, {@code -}.
     *
     * @throws dev.handfast.xa.config.ConfigurationException if it is not one
     */
    Builder nodeName(String name);

    /** The mandatory log store. */
    Builder logStore(LogStore store);

    /** Adds resources. Names must be unique. */
    Builder resources(Resource<?>... resources);

    /** The timeout of transactions that name none; 60 s unless told. */
    Builder defaultTimeout(Duration timeout);

    /** The time between two recovery passes; 10 s unless told. */
    Builder recoveryPeriod(Duration period);

    /** The deadline of one call of recovery to a resource manager; 5 s unless told. */
    Builder recoveryCallTimeout(Duration timeout);

    /** Starts although the log names resources that are not configured; their branches wait. */
    Builder allowMissingResources();

    /**
     * Whether the operator's command may come in by {@code control.sock} in the log directory,
     * which only its owner can open; it may unless told.
     */
    Builder controlSocket(boolean enabled);

    /**
     * Takes the log store's lock, resolves what is in doubt, and starts.
     *
     * @throws dev.handfast.xa.config.ConfigurationException if a setting is missing or wrong
     * @throws StartRefusedException if the node cannot be started as configured; nothing is left
     *     open
     */
    Handfast start();

    /**
     * Opens the log store for recovery alone, as {@link Handfast#openStore(Path)}.
     *
     * @throws dev.handfast.xa.config.ConfigurationException if a setting is missing or wrong
     * @throws StartRefusedException if there is no store, or its node is running
     */
    OpenStore openStore();
  }
}
