package dev.handfast.xa.internal.runtime;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.recovery.DrainReport;
import dev.handfast.xa.spi.Intake;
import java.time.Duration;

/** Holds work back and lets it in again. */
public final class Drain {

  private static final String REFUSAL =
      "The runtime is drained: no transaction can be begun. To solve this, call resume()";

  private final RuntimeParts parts;

  /** Of the given runtime. */
  public Drain(RuntimeParts parts) {
    this.parts = parts;
  }

  /** Takes nothing in any more; returns at once. */
  public void pause() {
    parts.resources().forEach(resource -> intake(resource).pause());
  }

  /** Lets no transaction begin, waits for those that run, and recovers, all in the given time. */
  public DrainReport drain(Duration wait) {
    long end = System.nanoTime() + Platform.nanos(wait);
    pause();
    parts.coordinator().hold(REFUSAL);
    parts.coordinator().awaitIdle(until(end));
    return new DrainReport(
        parts.coordinator().running().size(), parts.passes().untilResolved(until(end)));
  }

  private static Duration until(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** Lets transactions begin again, and takes in what comes. */
  public void resume() {
    parts.coordinator().letBegin();
    parts.resources().forEach(resource -> intake(resource).resume());
  }

  private static Intake intake(OpenResource resource) {
    return resource.manager().intake();
  }
}
