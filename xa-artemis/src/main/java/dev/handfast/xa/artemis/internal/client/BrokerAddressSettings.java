package dev.handfast.xa.artemis.internal.client;

import org.apache.activemq.artemis.api.core.management.AddressSettingsInfo;
import org.jspecify.annotations.Nullable;

/**
 * The broker's settings of an address that say what becomes of messages that are not acknowledged.
 *
 * @param maxDeliveryAttempts how often the broker delivers a message before it takes it off the
 *     queue; negative for without end
 * @param deadLetterAddress where the broker puts the message then; null if it drops it
 * @param makesDeadLetterQueues whether the broker makes a queue at that address by itself
 * @param redeliveryDelayMillis how long the broker waits before it delivers a message again
 */
public record BrokerAddressSettings(
    int maxDeliveryAttempts,
    @Nullable String deadLetterAddress,
    boolean makesDeadLetterQueues,
    long redeliveryDelayMillis) {

  /** The broker's default, which it leaves out of its answer. */
  private static final int DEFAULT_ATTEMPTS = 10;

  static BrokerAddressSettings parse(String json) {
    AddressSettingsInfo info = AddressSettingsInfo.fromJSON(json);
    String deadLetter = info.getDeadLetterAddress();
    return new BrokerAddressSettings(
        json.contains("\"maxDeliveryAttempts\"") ? info.getMaxDeliveryAttempts() : DEFAULT_ATTEMPTS,
        deadLetter == null || deadLetter.isEmpty() ? null : deadLetter,
        info.isAutoCreateDeadLetterResources(),
        info.getRedeliveryDelay());
  }

  public boolean drops() {
    return maxDeliveryAttempts > 0 && deadLetterAddress == null;
  }

  /** Returns whether the broker takes a message away before a listener could give it up. */
  public boolean isFasterThan(int deliveries) {
    return maxDeliveryAttempts > 0 && maxDeliveryAttempts <= deliveries;
  }
}
