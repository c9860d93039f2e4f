package dev.handfast.xa.internal.runtime;

import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.management.Management;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.transaction.Coordinator;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.Uninterrupted;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The orderly end of a runtime: what runs may finish, what voted is resolved, the log goes last.
 */
public final class Shutdown {

  private static final MessageLog LOG = MessageLog.of(Shutdown.class);
  private static final Duration END_WAIT = Duration.ofSeconds(5);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration SAID_AGAIN = Duration.ofDays(1);
  private static final Duration VOTE_POLL = Duration.ofMillis(200);

  private final RuntimeParts parts;
  private final Drain drain;
  private final Management management;
  private volatile boolean awaitsTransactions = true;
  private volatile boolean locked = true;
  private final Platform platform = Platform.system();

  /** Of the given runtime, its intake and its ways in for an operator. */
  public Shutdown(RuntimeParts parts, Drain drain, Management management) {
    this.parts = parts;
    this.drain = drain;
    this.management = management;
  }

  /**
   * Closes the runtime, and returns within the given time, or a second, whatever a resource, a lock
   * or a thread does; to be called once. What is not done by then goes on without the caller. An
   * interrupt of the caller shortens the wait for running transactions, and nothing else.
   */
  public void run(Duration wait) {
    Duration all = wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    Duration most = all.minus(reserve(all));
    long end = platform.momentIn(all);
    long transactionsEnd = platform.momentIn(wait.compareTo(most) < 0 ? wait : most);
    FutureTask<Boolean> close =
        new FutureTask<>(
            () -> {
              close(end, transactionsEnd);
              return true;
            });
    Thread thread = platform.daemons("handfast-close").newThread(close);
    thread.start();
    await(close, thread, end, all);
  }

  /** What is kept of the time for what comes after the running transactions. */
  private static Duration reserve(Duration wait) {
    Duration third = wait.dividedBy(3);
    return third.compareTo(END_WAIT) < 0 ? third : END_WAIT;
  }

  private void await(FutureTask<Boolean> close, Thread thread, long end, Duration wait) {
    Uninterrupted.await(
        () -> {
          try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(platform.nanosUntil(end))));
            return true;
          } catch (InterruptedException e) {
            hurry(thread);
            throw e;
          }
        });
    if (!close.isDone()) {
      LOG.errorf(
          "HANDFAST001055 The runtime is not closed after %d ms. The rest goes on without the"
              + " caller, and the log store %s.%s",
          wait.toMillis(),
          locked ? "stays locked until then" : "is given back",
          MessageLog.Stack.of(thread));
      return;
    }
    try {
      close.get();
    } catch (ExecutionException e) {
      rethrow(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is done: no wait was cut short
    }
  }

  private void hurry(Thread closing) {
    if (awaitsTransactions) {
      closing.interrupt();
    }
  }

  private static void rethrow(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException failure) {
      throw failure;
    }
    throw new IllegalStateException(cause);
  }

  private void close(long end, long transactionsEnd) {
    drain.pause();
    Coordinator coordinator = parts.coordinator();
    coordinator.refuseNew("The runtime is closed: no transaction can be begun");
    if (!coordinator.awaitIdle(platform.until(transactionsEnd))) {
      coordinator.abandon();
      Uninterrupted.run(() -> coordinator.awaitIdle(platform.until(end).dividedBy(2)));
    }
    awaitsTransactions = false;
    Uninterrupted.run(
        () -> closeParts(end)); // an interrupt shortened the wait, and must shorten no more
  }

  private void closeParts(long deadline) {
    Closing steps = new Closing();
    steps.attempt(management::stop);
    steps.attempt(() -> finishVotes(deadline));
    steps.attempt(parts.passes()::close);
    steps.attempt(parts.audit()::close);
    steps.attempt(management::close);
    parts.closeResources(steps);
    awaitEnds(deadline);
    parts.closeFoundation(steps);
    locked = false;
    parts.letGo(platform.until(deadline).dividedBy(2));
    steps.rethrow();
  }

  /**
   * The log is not given back while a transaction may still be decided; the caller is free by then.
   */
  private void awaitEnds(long deadline) {
    Coordinator coordinator = parts.coordinator();
    Duration wait = endWait(deadline);
    while (!coordinator.awaitEnds(wait)) {
      LOG.errorf(
          "HANDFAST001052 %s is still ending although the runtime was closed: its log store stays"
              + " locked until that has ended, or this process, so that its outcome stays one",
          coordinator.running());
      wait = SAID_AGAIN;
    }
  }

  private Duration endWait(long deadline) {
    Duration left = platform.until(deadline);
    return left.compareTo(END_WAIT) < 0 ? left : END_WAIT;
  }

  /** One more recovery for what is in doubt, and more for branches that closing would lose. */
  private void finishVotes(long deadline) {
    Set<String> fragile =
        parts.resources().stream()
            .filter(resource -> resource.manager().losesVotesOnClose())
            .map(OpenResource::name)
            .collect(Collectors.toUnmodifiableSet());
    if (parts.decisions().voted().isEmpty()) {
      return;
    }
    parts.passes().untilSettled();
    boolean interrupted = false;
    while (hasVotes(fragile) && platform.nanosUntil(deadline) > 0) {
      interrupted |= !paused();
      parts.passes().untilSettled();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasVotes(Set<String> fragile) {
    return parts.decisions().voted().stream()
        .map(TrackedBranch::resource)
        .anyMatch(fragile::contains);
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
