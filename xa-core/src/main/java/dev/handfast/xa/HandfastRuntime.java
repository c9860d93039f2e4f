package dev.handfast.xa;

import dev.handfast.xa.internal.jakarta.DeclaredMethods;
import dev.handfast.xa.internal.jakarta.JakartaManager;
import dev.handfast.xa.internal.jakarta.JakartaRegistry;
import dev.handfast.xa.internal.jakarta.JakartaUserTransaction;
import dev.handfast.xa.internal.management.Management;
import dev.handfast.xa.internal.management.OperatorRecovery;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.platform.ShutdownLogging;
import dev.handfast.xa.internal.runtime.Drain;
import dev.handfast.xa.internal.runtime.OpenResource;
import dev.handfast.xa.internal.runtime.RuntimeParts;
import dev.handfast.xa.internal.runtime.Shutdown;
import dev.handfast.xa.internal.transaction.LiveTransaction;
import dev.handfast.xa.recovery.DrainReport;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.Uninterrupted;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runtime as the application holds it, from the end of {@link Startup} to {@link #close}. */
final class HandfastRuntime implements Handfast {

  private static final MessageLog LOG = MessageLog.of(Handfast.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(30);

  private final RuntimeParts parts;
  private final OperatorRecovery recovery;
  private final Transacted required;
  private final DeclaredMethods methods;
  private final TransactionManager jakarta;
  private final UserTransaction user;
  private final JakartaRegistry registry;
  private final Drain drain;
  private final Shutdown shutdown;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ReentrantLock closing = new ReentrantLock();
  private final ReentrantLock draining = new ReentrantLock();
  private @Nullable Thread hook;

  HandfastRuntime(RuntimeParts parts, OperatorRecovery recovery, Management management) {
    this.parts = parts;
    this.recovery = recovery;
    this.drain = new Drain(parts);
    this.shutdown = new Shutdown(parts, drain, management);
    this.methods = new DeclaredMethods(parts.settings().methodTimeouts());
    JakartaManager manager = new JakartaManager(parts.coordinator(), Outcomes::of);
    this.jakarta = manager;
    this.user = new JakartaUserTransaction(manager, methods);
    this.registry = new JakartaRegistry(parts.coordinator());
    this.required = new TransactedRunner(parts.coordinator(), TxType.REQUIRED, methods);
  }

  @Override
  public <H> H resource(Resource<H> resource) {
    for (OpenResource open : parts.resources()) {
      if (open.definition() == resource) {
        return resource.handleType().cast(open.manager().handle());
      }
    }
    throw new IllegalArgumentException(
        "This runtime was not started with the definition of '"
            + resource.name()
            + "'. To solve this, give it to Handfast.builder().resources(…).");
  }

  @Override
  public <H> H resource(String name, Class<H> type) {
    for (OpenResource open : parts.resources()) {
      if (open.definition().name().equals(name) && type.isInstance(open.manager().handle())) {
        return type.cast(open.manager().handle());
      }
    }
    String known =
        parts.resources().stream()
            .map(open -> open.definition().name() + " (" + open.definition().kind() + ")")
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "No resource '" + name + "' is a " + type.getName() + "; there are: " + known);
  }

  @Override
  public <X extends Exception> void run(Body<X> body) throws X {
    required.run(body);
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T call(Call<T, X> call) throws X {
    return required.call(call);
  }

  @Override
  public Transacted transaction(TxType type) {
    return new TransactedRunner(parts.coordinator(), type, methods);
  }

  @Override
  public <T> T transactional(Class<T> type, T target) {
    requireOpen();
    return proxies().proxy(this, type, target);
  }

  /** That of the runtime's own loader, or of the thread's, where a container parts the modules. */
  private static TransactionalProxies proxies() {
    Class<TransactionalProxies> type = TransactionalProxies.class;
    ServiceConfigurationError unreadable = null;
    for (ServiceLoader<TransactionalProxies> found :
        List.of(ServiceLoader.load(type, type.getClassLoader()), ServiceLoader.load(type))) {
      try {
        Optional<TransactionalProxies> first = found.findFirst();
        if (first.isPresent()) {
          return first.get();
        }
      } catch (ServiceConfigurationError e) {
        unreadable = e;
      }
    }
    throw new IllegalStateException(
        "Handfast.transactional needs dev.handfast:handfast-xa-transactional, which "
            + (unreadable == null ? "is not there" : "cannot be read: " + unreadable.getMessage())
            + ". To solve this, add it where dev.handfast:handfast-xa-core is, in the same version.",
        unreadable);
  }

  @Override
  public TransactionManager transactionManager() {
    return jakarta;
  }

  @Override
  public UserTransaction userTransaction() {
    return user;
  }

  @Override
  public TransactionSynchronizationRegistry synchronizationRegistry() {
    return registry;
  }

  @Override
  public void endWithoutEffect() {
    LiveTransaction current = parts.coordinator().current();
    if (current == null) {
      throw new IllegalStateException(
          "The thread is in no transaction that could be ended without effect. To solve this, call"
              + " it in the body of run or call.");
    }
    current.endWithoutEffect();
  }

  @Override
  public Recovery recovery() {
    return recovery;
  }

  @Override
  public DrainReport drain(Duration wait) {
    requireApart();
    draining.lock();
    try {
      requireOpen();
      return drain.drain(wait);
    } finally {
      draining.unlock();
    }
  }

  @Override
  public void resume() {
    draining.lock();
    try {
      requireOpen();
      drain.resume();
    } finally {
      draining.unlock();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("The runtime is closed. To solve this, start another");
    }
  }

  private void requireApart() {
    if (!closed.get() && parts.coordinator().current() != null) {
      throw new IllegalStateException(
          "The runtime cannot be drained within a transaction: it would wait for itself. To solve"
              + " this, do it outside.");
    }
  }

  @Override
  public Handfast closeOnShutdown(Duration wait) {
    closing.lock();
    try {
      if (hook != null || closed.get()) {
        throw new IllegalStateException(
            closed.get() ? "The runtime is closed" : "closeOnShutdown was called before");
      }
      ShutdownLogging logging = new ShutdownLogging();
      hook =
          new Thread(
              () -> {
                logging.restore();
                close(wait);
              },
              "handfast-shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
      return this;
    } finally {
      closing.unlock();
    }
  }

  @Override
  public void close() {
    close(CLOSE_WAIT);
  }

  /** One that is being closed already is waited for within the same time. */
  void close(Duration wait) {
    long end = System.nanoTime() + Platform.nanos(wait);
    if (!Uninterrupted.await(
        () -> closing.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS))) {
      return;
    }
    try {
      if (closed.compareAndSet(false, true)) {
        removeHook();
        parts.coordinator().abandonOwn();
        shutdown.run(wait);
      }
    } finally {
      closing.unlock();
    }
  }

  private void removeHook() {
    if (hook != null && hook != Thread.currentThread()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        LOG.debug("The JVM is already shutting down", e);
      }
    }
  }
}
