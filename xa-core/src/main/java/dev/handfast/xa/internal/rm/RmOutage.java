package dev.handfast.xa.internal.rm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says once that a resource manager is lost, reminds every hour, and says once that it is back. */
final class RmOutage {

  private static final Logger LOG = Logger.getLogger(RmOutage.class);
  private static final Duration REMINDER = Duration.ofHours(1);

  private final String resource;
  private final InstantSource clock;
  private volatile @Nullable Instant since;
  private volatile @Nullable Duration away;
  private Instant lastSaid = Instant.MIN;

  RmOutage(String resource, InstantSource clock) {
    this.resource = resource;
    this.clock = clock;
  }

  boolean isOn() {
    return since != null;
  }

  void began(Exception cause) {
    Instant now = clock.instant();
    if (since == null) {
      since = now;
      lastSaid = now;
      LOG.warnf(
          "HANDFAST001033 Resource '%s' cannot be reached by recovery: %s. Its branches wait; it is"
              + " asked again every recovery period.",
          resource, cause.getMessage());
    } else if (Duration.between(lastSaid, now).compareTo(REMINDER) >= 0) {
      lastSaid = now;
      LOG.warnf(
          "HANDFAST001034 Resource '%s' has not been reached by recovery since %s: %s",
          resource, since, cause.getMessage());
    }
  }

  /** It answered; how much of its work was done is said by {@link #settled}. */
  void over() {
    Instant began = since;
    if (began != null) {
      since = null;
      away = Duration.between(began, clock.instant());
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
