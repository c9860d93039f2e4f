package dev.handfast.xa.config;

import java.time.Duration;

/**
 * How recovery works.
 *
 * @param period between two passes
 * @param callTimeout the deadline of one call to a resource manager
 * @param allowMissingResources whether to start although the log names a resource that is not
 *     configured
 */
public record RecoverySettings(
    Duration period, Duration callTimeout, boolean allowMissingResources) {

  public static RecoverySettings defaults() {
    return new RecoverySettings(Duration.ofSeconds(10), Duration.ofSeconds(5), false);
  }
}
