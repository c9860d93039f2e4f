package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.internal.client.Mutex;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The last delivery of each message that failed, as long as it matters. Safe for many threads. */
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

  /** Forgets it and tells it; {@link FailedDelivery#UNKNOWN} if it was never noted. */
  FailedDelivery take(long message) {
    return mutex.call(
        () -> Objects.requireNonNullElse(last.remove(message), FailedDelivery.UNKNOWN));
  }
}
