package dev.handfast.xa.config;

import java.time.Duration;

/**
 * The runtime's own settings, without the resources.
 *
 * @param nodeName of this transaction manager
 * @param defaultTimeout of a transaction, whole seconds, at least one
 * @param logStore where decisions are logged
 * @param recovery how recovery works
 * @param controlSocket whether the operator's command may come in by a socket in the log directory
 */
public record Settings(
    NodeName nodeName,
    Duration defaultTimeout,
    LogStoreSettings logStore,
    RecoverySettings recovery,
    boolean controlSocket) {

  /** {@code handfast.default-timeout}. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /**
   * @throws ConfigurationException if the timeout is not one
   */
  public Settings {
    DurationRange.DEFAULT_TIMEOUT.check(defaultTimeout);
  }

  /** With the control socket. */
  public Settings(
      NodeName nodeName,
      Duration defaultTimeout,
      LogStoreSettings logStore,
      RecoverySettings recovery) {
    this(nodeName, defaultTimeout, logStore, recovery, true);
  }
}
