package dev.handfast.xa.internal.recovery;

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

  static @Nullable String run(String resource, RmWorker worker, Duration deadline, Check check)
      throws ResourceUnavailableException {
    try {
      return worker
          .call(() -> Optional.ofNullable(check.refusal()), deadline.multipliedBy(CALLS_OF_A_CHECK))
          .orElse(null);
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
