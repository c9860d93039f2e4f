package dev.handfast.xa;

import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.management.Management;
import dev.handfast.xa.internal.narayana.Coordinator;
import dev.handfast.xa.internal.narayana.TransactionRuntime;
import dev.handfast.xa.recovery.DrainReport;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.spi.Resource;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The runtime between {@link Startup} and {@link #close}. */
final class HandfastRuntime implements Handfast {

  private static final Logger LOG = Logger.getLogger(Handfast.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(30);
  private static final Duration END_WAIT = Duration.ofSeconds(5);
  private static final Duration VOTE_POLL = Duration.ofMillis(200);

  private final Tenure log;
  private final TransactionRuntime transactions;
  private final List<OpenResource> resources;
  private final RuntimeRecovery recovery;
  private final Management management;
  private final Transacted required;
  private final Drain drain;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ReentrantLock closing = new ReentrantLock();
  private @Nullable Thread hook;

  HandfastRuntime(
      Tenure log,
      TransactionRuntime transactions,
      List<OpenResource> resources,
      RuntimeRecovery recovery,
      Management management) {
    this.log = log;
    this.transactions = transactions;
    this.resources = resources;
    this.recovery = recovery;
    this.management = management;
    this.drain = new Drain(transactions, resources);
    this.required = new TransactedRunner(transactions.coordinator(), TxType.REQUIRED);
  }

  @Override
  public <H> H resource(Resource<H> resource) {
    for (OpenResource open : resources) {
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
    for (OpenResource open : resources) {
      if (open.definition().name().equals(name) && type.isInstance(open.manager().handle())) {
        return type.cast(open.manager().handle());
      }
    }
    String known =
        resources.stream()
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
    return new TransactedRunner(transactions.coordinator(), type);
  }

  @Override
  public TransactionManager transactionManager() {
    return transactions.transactionManager();
  }

  @Override
  public UserTransaction userTransaction() {
    return transactions.userTransaction();
  }

  @Override
  public TransactionSynchronizationRegistry synchronizationRegistry() {
    return transactions.synchronizationRegistry();
  }

  @Override
  public Recovery recovery() {
    return recovery;
  }

  @Override
  public DrainReport drain(Duration wait) {
    requireApart("drained");
    closing.lock();
    try {
      requireOpen();
      return drain.drain(wait);
    } finally {
      closing.unlock();
    }
  }

  @Override
  public void resume() {
    closing.lock();
    try {
      requireOpen();
      drain.resume();
    } finally {
      closing.unlock();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("The runtime is closed. To solve this, start another");
    }
  }

  private void requireApart(String what) {
    if (!closed.get() && transactions.coordinator().current() != null) {
      throw new IllegalStateException(
          "The runtime cannot be "
              + what
              + " within a transaction: it would wait for itself. To solve this, do it outside.");
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
      hook = new Thread(() -> close(wait), "handfast-shutdown");
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

  private void close(Duration wait) {
    requireApart("closed");
    closing.lock();
    try {
      if (closed.compareAndSet(false, true)) {
        removeHook();
        closeOnce(System.nanoTime() + wait.toNanos());
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

  private void closeOnce(long deadline) {
    drain.pause();
    transactions.refuseNew("The runtime is closed: no transaction can be begun");
    Coordinator coordinator = transactions.coordinator();
    if (!coordinator.awaitIdle(Duration.ofNanos(deadline - System.nanoTime()))) {
      coordinator.abandon();
    }
    boolean interrupted = Thread.interrupted(); // it shortened the wait, and must shorten no more
    try {
      closeParts(deadline);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void closeParts(long deadline) {
    Closing steps = new Closing();
    steps.attempt(management::stop);
    steps.attempt(() -> finishVotes(deadline));
    steps.attempt(transactions.recovery()::close);
    steps.attempt(management::close);
    resources.forEach(resource -> steps.attempt(resource.manager()::close));
    if (transactions.coordinator().awaitIdle(END_WAIT)) {
      steps.attempt(transactions::close);
      steps.attempt(log::close);
    } else {
      LOG.errorf(
          "HANDFAST001052 %s is still ending although the runtime was closed: its log store stays"
              + " locked until this process ends, so that its outcome stays one",
          transactions.coordinator().running());
    }
    steps.rethrow();
  }

  /** One more recovery for what is in doubt, and more for branches that closing would lose. */
  private void finishVotes(long deadline) {
    Set<String> fragile =
        resources.stream()
            .filter(resource -> resource.manager().losesVotesOnClose())
            .map(resource -> resource.definition().name())
            .collect(Collectors.toUnmodifiableSet());
    if (transactions.inDoubt().isEmpty()) {
      return;
    }
    transactions.recovery().untilSettled();
    boolean interrupted = false;
    while (hasVotes(fragile) && System.nanoTime() - deadline < 0) {
      interrupted |= !paused();
      transactions.recovery().untilSettled();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasVotes(Set<String> fragile) {
    return transactions.inDoubt().stream().map(TrackedBranch::resource).anyMatch(fragile::contains);
  }

  /** False if the pause was cut short by an interrupt, which a vote must survive. */
  private static boolean paused() {
    try {
      Thread.sleep(VOTE_POLL.toMillis());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
