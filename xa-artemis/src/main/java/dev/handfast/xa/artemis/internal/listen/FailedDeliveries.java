package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.internal.client.Mutex;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Remembers how the last delivery of each message failed, until the message is handled or given up.
 * Safe for use by many threads.
 */
final class FailedDeliveries {

  private static final int MOST = 10_000;

  private final Mutex mutex = new Mutex();
  private final Map<Long, FailedDelivery> last =
      new LinkedHashMap<>() {
        @java.io.Serial private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, FailedDelivery> eldest) {
          return size() > MOST;
        }
      };

  void note(long message, FailedDelivery delivery) {
    mutex.run(() -> last.put(message, delivery));
  }

  /**
   * Returns and forgets the last failed delivery of a message, which is {@link
   * FailedDelivery#UNKNOWN} if there is none.
   */
  FailedDelivery take(long message) {
    return mutex.call(
        () -> Objects.requireNonNullElse(last.remove(message), FailedDelivery.UNKNOWN));
  }
}
