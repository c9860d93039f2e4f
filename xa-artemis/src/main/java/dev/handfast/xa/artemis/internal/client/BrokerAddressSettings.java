package dev.handfast.xa.artemis.internal.client;

import org.apache.activemq.artemis.api.core.management.AddressSettingsInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a broker does with messages of an address that are not acknowledged.
 *
 * @param maxDeliveryAttempts after which it takes a message off the queue; negative for never
 * @param deadLetterAddress where it then puts it; null if it drops it
 * @param makesDeadLetterQueues whether it makes a queue at that address by itself
 * @param redeliveryDelayMillis before it delivers again
 */
public record BrokerAddressSettings(
    int maxDeliveryAttempts,
    @Nullable String deadLetterAddress,
    boolean makesDeadLetterQueues,
    long redeliveryDelayMillis) {

  /** The broker's own default, which it does not tell. */
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

  /** Whether it takes a message off before a body had that many deliveries and one more. */
  public boolean isFasterThan(int deliveries) {
    return maxDeliveryAttempts > 0 && maxDeliveryAttempts <= deliveries;
  }
}
