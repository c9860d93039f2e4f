package dev.handfast.xa.internal.rm;

import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says of branches that are left alone: the first ones at once, new ones at most once a minute,
 * since those of a twin that is at work come and go with every scan.
 */
final class QuarantineNotice {

  private static final Logger LOG = Logger.getLogger(QuarantineNotice.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final String resource;
  private volatile Set<XidKey> known = Set.of();
  private @Nullable Instant said;
  private boolean unsaid;

  QuarantineNotice(String resource) {
    this.resource = resource;
  }

  /**
   * What a scan found.
   *
   * @param found each branch in the resource manager's own form
   */
  void found(Map<XidKey, String> found, Instant now) {
    unsaid |= !known.containsAll(found.keySet());
    known = Set.copyOf(found.keySet());
    if (unsaid && !found.isEmpty() && (said == null || now.isAfter(said.plus(PAUSE)))) {
      Map.Entry<XidKey, String> one = found.entrySet().iterator().next();
      LOG.warnf(
          "HANDFAST001038 '%s' lists %d branches with the name of this node that are not of this log"
              + " store, or of a start that is not recorded or not trusted. They are left alone. One"
              + " of them: %s (there: %s)",
          resource, found.size(), one.getKey(), one.getValue());
      said = now;
      unsaid = false;
    }
  }

  /** How many the last scan found. */
  int count() {
    return known.size();
  }
}
