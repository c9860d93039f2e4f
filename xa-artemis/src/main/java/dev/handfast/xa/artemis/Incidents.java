package dev.handfast.xa.artemis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The last delivery of each message that failed, as long as it matters. Safe for many threads. */
final class Incidents {

  private static final int MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Incident> last =
      new LinkedHashMap<>() {
        @java.io.Serial private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Incident> eldest) {
          return size() > MOST;
        }
      };

  void note(long message, Incident incident) {
    lock.lock();
    try {
      last.put(message, incident);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets it and tells it; {@link Incident#UNKNOWN} if it was never noted. */
  Incident take(long message) {
    lock.lock();
    try {
      Incident incident = last.remove(message);
      return incident == null ? Incident.UNKNOWN : incident;
    } finally {
      lock.unlock();
    }
  }
}
