package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.internal.client.Failures;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Logs once when a listener has lost its broker, and once when the broker is back. */
final class ListenerOutage {

  private static final long NONE = 0;

  private final String listener;
  private final String url;
  private final AtomicLong since = new AtomicLong(NONE);

  ListenerOutage(String listener, String url) {
    this.listener = listener;
    this.url = url;
  }

  /** Logs a failure of a receiver that is none of its connection. */
  void failed(Error failure) {
    ListenerLog.receiverFailed(listener, Failures.shown(failure));
  }

  void lost(String reason) {
    if (since.compareAndSet(NONE, System.nanoTime() | 1)) {
      ListenerLog.listenerLost(listener, url, reason);
    }
  }

  void back() {
    long lost = since.getAndSet(NONE);
    if (lost != NONE) {
      ListenerLog.listenerBack(
          listener, url, Duration.ofNanos(System.nanoTime() - lost).toMillis());
    }
  }
}
