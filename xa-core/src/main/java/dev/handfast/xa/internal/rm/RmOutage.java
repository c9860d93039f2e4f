package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.MessageLog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says once that a resource manager is lost, reminds every hour, and says once that it is back. How
 * long that took is measured by the clock that never jumps.
 */
final class RmOutage {

  private static final MessageLog LOG = MessageLog.of(RmOutage.class);
  private static final Duration REMINDER = Duration.ofHours(1);

  private final String resource;
  private final Platform platform;
  private volatile @Nullable Began since;
  private volatile @Nullable Duration away;
  private long nextReminder;

  RmOutage(String resource, Platform platform) {
    this.resource = resource;
    this.platform = platform;
  }

  /** The beginning, for a reader and as a moment of the clock that never jumps. */
  private record Began(Instant time, long moment) {}

  boolean isOn() {
    return since != null;
  }

  void began(Exception cause) {
    Began began = since;
    if (began == null) {
      since = new Began(platform.now(), platform.nanoTime());
      nextReminder = platform.momentIn(REMINDER);
      LOG.warnf(
          "HANDFAST001033 Resource '%s' cannot be reached by recovery: %s. Its branches wait; it is"
              + " asked again every recovery period.",
          resource, cause.getMessage());
    } else if (platform.nanosUntil(nextReminder) <= 0) {
      nextReminder = platform.momentIn(REMINDER);
      LOG.warnf(
          "HANDFAST001034 Resource '%s' has not been reached by recovery since %s: %s",
          resource, began.time(), cause.getMessage());
    }
  }

  /** It answered; how much of its work was done is said by {@link #settled}. */
  void over() {
    Began began = since;
    if (began != null) {
      since = null;
      away = Duration.ofNanos(-platform.nanosUntil(began.moment())).truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /** Recovery has done what it can; says once that the resource manager is back. */
  void settled(int resolved, int left) {
    Duration lasted = away;
    if (lasted != null && !isOn()) {
      away = null;
      LOG.infof(
          "HANDFAST001035 Resource '%s' is back after %s: %d branches were resolved, %d are left",
          resource, lasted, resolved, left);
    }
  }
}
