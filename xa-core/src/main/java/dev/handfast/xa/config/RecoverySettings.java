package dev.handfast.xa.config;

import java.time.Duration;

/**
 * How recovery works.
 *
 * @param period between two passes, at least a millisecond
 * @param callTimeout the deadline of one call to a resource manager, and of one write to the audit
 *     log; at least a millisecond
 * @param allowMissingResources whether to start although the log names a resource that is not
 *     configured
 */
public record RecoverySettings(
    Duration period, Duration callTimeout, boolean allowMissingResources) {

  /** The default of {@code handfast.recovery.period}. */
  public static final Duration DEFAULT_PERIOD = Duration.ofSeconds(10);

  /** The default of {@code handfast.recovery.call-timeout}. */
  public static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofSeconds(5);

  /**
   * @throws ConfigurationException if a duration is out of its range
   */
  public RecoverySettings {
    DurationRange.RECOVERY_PERIOD.check(period);
    DurationRange.RECOVERY_CALL_TIMEOUT.check(callTimeout);
  }

  /** The defaults of all keys. */
  public static RecoverySettings defaults() {
    return new RecoverySettings(DEFAULT_PERIOD, DEFAULT_CALL_TIMEOUT, false);
  }
}
