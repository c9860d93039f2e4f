package dev.handfast.xa.internal.jakarta;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The timeout of the transactions that the calling thread begins by the Jakarta interfaces. */
final class NextTimeouts {

  @SuppressWarnings("ThreadLocalUsage") // one for each runtime
  private final ThreadLocal<@Nullable Duration> timeout = new ThreadLocal<>();

  /** Null for the default. */
  @Nullable Duration get() {
    return timeout.get();
  }

  /** Zero for the default. */
  void set(Duration next) {
    if (next.isZero()) {
      timeout.remove();
    } else {
      timeout.set(next);
    }
  }
}
