package dev.handfast.xa.internal.recovery;

import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says once that a resource manager is lost, reminds every hour, and says once that it is back. */
final class RmOutage {

  private static final Logger LOG = Logger.getLogger(RmOutage.class);
  private static final Duration REMINDER = Duration.ofHours(1);

  private final String resource;
  private volatile @Nullable Instant since;
  private Instant lastSaid = Instant.MIN;

  RmOutage(String resource) {
    this.resource = resource;
  }

  boolean isOn() {
    return since != null;
  }

  void began(Exception cause) {
    Instant now = Instant.now();
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

  void over(int inDoubt) {
    Instant began = since;
    if (began != null) {
      since = null;
      LOG.infof(
          "HANDFAST001035 Resource '%s' is back after %s, with %d of this node's branches in doubt",
          resource, Duration.between(began, Instant.now()), inDoubt);
    }
  }
}
