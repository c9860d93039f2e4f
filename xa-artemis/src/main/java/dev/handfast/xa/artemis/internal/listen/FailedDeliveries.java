package dev.handfast.xa.artemis.internal.listen;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The last delivery of each message that failed, as long as it matters. Safe for many threads. */
final class FailedDeliveries {

  private static final int MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, FailedDelivery> last =
      new LinkedHashMap<>() {
        @java.io.Serial private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, FailedDelivery> eldest) {
          return size() > MOST;
        }
      };

  void note(long message, FailedDelivery delivery) {
    lock.lock();
    try {
      last.put(message, delivery);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets it and tells it; {@link FailedDelivery#UNKNOWN} if it was never noted. */
  FailedDelivery take(long message) {
    lock.lock();
    try {
      FailedDelivery delivery = last.remove(message);
      return delivery == null ? FailedDelivery.UNKNOWN : delivery;
    } finally {
      lock.unlock();
    }
  }
}
