package dev.handfast.xa;

import dev.handfast.xa.internal.narayana.TransactionRuntime;
import dev.handfast.xa.recovery.DrainReport;
import dev.handfast.xa.spi.Intake;
import java.time.Duration;
import java.util.List;

/** Holds work back and lets it in again. */
final class Drain {

  private static final String REFUSAL =
      "The runtime is drained: no transaction can be begun. To solve this, call resume()";

  private final TransactionRuntime transactions;
  private final List<OpenResource> resources;

  Drain(TransactionRuntime transactions, List<OpenResource> resources) {
    this.transactions = transactions;
    this.resources = resources;
  }

  /** Takes nothing in any more; returns at once. */
  void pause() {
    resources.forEach(resource -> intake(resource).pause());
  }

  DrainReport drain(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    pause();
    transactions.hold(REFUSAL);
    transactions.coordinator().awaitIdle(until(end));
    return new DrainReport(
        transactions.coordinator().running().size(),
        transactions.recovery().untilResolved(until(end)));
  }

  private static Duration until(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  void resume() {
    transactions.letBegin();
    resources.forEach(resource -> intake(resource).resume());
  }

  private static Intake intake(OpenResource resource) {
    return resource.manager().intake();
  }
}
