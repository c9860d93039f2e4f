package dev.handfast.xa.config;

import java.time.Duration;
import java.util.Map;

/**
 * The runtime's own settings, without the resources.
 *
 * @param nodeName of this transaction manager
 * @param defaultTimeout of a transaction, whole seconds, at least one
 * @param logStore where decisions are logged
 * @param recovery how recovery works
 * @param controlSocket whether the operator's command may connect to a socket in the log directory
 * @param methodTimeouts of methods that declare their transaction, by the names of classes, or of
 *     methods after that of their class and a dot
 */
public record Settings(
    NodeName nodeName,
    Duration defaultTimeout,
    LogStoreSettings logStore,
    RecoverySettings recovery,
    boolean controlSocket,
    Map<String, Duration> methodTimeouts) {

  /** The default of {@code handfast.default-timeout}. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /**
   * @throws ConfigurationException if the timeout is not in whole seconds, shorter than one, or
   *     longer than {@link Integer#MAX_VALUE} of them
   */
  public Settings {
    DurationRange.DEFAULT_TIMEOUT.check(defaultTimeout);
    methodTimeouts = Map.copyOf(methodTimeouts);
  }

  /** Settings that name no method. */
  public Settings(
      NodeName nodeName,
      Duration defaultTimeout,
      LogStoreSettings logStore,
      RecoverySettings recovery,
      boolean controlSocket) {
    this(nodeName, defaultTimeout, logStore, recovery, controlSocket, Map.of());
  }

  /** Settings with the control socket open. */
  public Settings(
      NodeName nodeName,
      Duration defaultTimeout,
      LogStoreSettings logStore,
      RecoverySettings recovery) {
    this(nodeName, defaultTimeout, logStore, recovery, true);
  }
}
