package dev.handfast.xa.internal.runtime;

import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.management.Management;
import dev.handfast.xa.internal.narayana.Coordinator;
import dev.handfast.xa.spi.Uninterrupted;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The orderly end of a runtime: what runs may finish, what voted is resolved, the log goes last.
 */
public final class Shutdown {

  private static final Logger LOG = Logger.getLogger(Shutdown.class);
  private static final Duration END_WAIT = Duration.ofSeconds(5);
  private static final Duration VOTE_POLL = Duration.ofMillis(200);

  private final RuntimeParts parts;
  private final Drain drain;
  private final Management management;

  /** Of the given runtime, its intake and its ways in for an operator. */
  public Shutdown(RuntimeParts parts, Drain drain, Management management) {
    this.parts = parts;
    this.drain = drain;
    this.management = management;
  }

  /**
   * Closes the runtime; to be called once.
   *
   * @param deadline in the time of {@link System#nanoTime}, after which what runs is rolled back
   */
  public void run(long deadline) {
    drain.pause();
    Coordinator coordinator = parts.coordinator();
    coordinator.refuseNew("The runtime is closed: no transaction can be begun");
    if (!coordinator.awaitIdle(Duration.ofNanos(deadline - System.nanoTime()))) {
      coordinator.abandon();
    }
    Uninterrupted.run(
        () -> closeParts(deadline)); // it shortened the wait, and must shorten no more
  }

  private void closeParts(long deadline) {
    Closing steps = new Closing();
    steps.attempt(management::stop);
    steps.attempt(() -> finishVotes(deadline));
    steps.attempt(parts.passes()::close);
    steps.attempt(management::close);
    parts.closeResources(steps);
    if (parts.coordinator().awaitIdle(END_WAIT)) {
      parts.closeFoundation(steps);
    } else {
      LOG.errorf(
          "HANDFAST001052 %s is still ending although the runtime was closed: its log store stays"
              + " locked until this process ends, so that its outcome stays one",
          parts.coordinator().running());
    }
    steps.rethrow();
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
    while (hasVotes(fragile) && System.nanoTime() - deadline < 0) {
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
