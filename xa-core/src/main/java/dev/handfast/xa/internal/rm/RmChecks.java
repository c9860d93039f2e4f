package dev.handfast.xa.internal.rm;

import dev.handfast.xa.spi.ResourceUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** Runs the admission of a resource manager on its worker, which is the only one to talk to it. */
final class RmChecks {

  private static final int CALLS_OF_A_CHECK = 6;

  private RmChecks() {}

  /** Why a resource manager may not be used, or null if it may. */
  @FunctionalInterface
  interface Check {
    @Nullable String refusal() throws ResourceUnavailableException;
  }

  /** A check that has begun; to be awaited once, on the thread that began it. */
  @FunctionalInterface
  interface Begun {
    @Nullable String await(Duration limit) throws ResourceUnavailableException;
  }

  /** What a check, which makes several calls, may take if each may take so long. */
  static Duration limit(Duration deadline) {
    return deadline.multipliedBy(CALLS_OF_A_CHECK);
  }

  static @Nullable String run(String resource, RmWorker worker, Duration deadline, Check check)
      throws ResourceUnavailableException {
    return begin(resource, worker, check).await(limit(deadline));
  }

  /** Begins a check; nobody else's call comes in between until its end was awaited. */
  static Begun begin(String resource, RmWorker worker, Check check) {
    try {
      RmWorker.Begun<Optional<String>> begun =
          worker.begin(() -> Optional.ofNullable(check.refusal()));
      return limit -> answered(resource, begun, limit);
    } catch (XAException e) {
      return limit -> {
        throw new ResourceUnavailableException(String.valueOf(e.getMessage()), e);
      };
    }
  }

  private static @Nullable String answered(
      String resource, RmWorker.Begun<Optional<String>> begun, Duration limit)
      throws ResourceUnavailableException {
    try {
      return begun.await(limit).orElse(null);
    } catch (XAException e) {
      throw new ResourceUnavailableException(String.valueOf(e.getMessage()), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ResourceUnavailableException unavailable) {
        throw unavailable;
      }
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new ResourceUnavailableException("'" + resource + "' failed: " + e.getCause(), e);
    }
  }
}
