package dev.handfast.xa.artemis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What the last delivery of a message that failed threw, as long as it matters. */
final class Incidents {

  static final String UNKNOWN = "unknown";
  private static final int MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, String> last =
      new LinkedHashMap<>() {
        @java.io.Serial private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
          return size() > MOST;
        }
      };

  void note(long message, String failure) {
    lock.lock();
    try {
      last.put(message, failure);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets it and tells it; {@link #UNKNOWN} if it was never noted. */
  String take(long message) {
    lock.lock();
    try {
      String text = last.remove(message);
      return text == null ? UNKNOWN : text;
    } finally {
      lock.unlock();
    }
  }
}
