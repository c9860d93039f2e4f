package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Says of branches that are left alone: the first ones at once, new ones at most once a minute,
 * since those of a twin that is at work come and go with every scan.
 */
final class QuarantineNotice {

  private static final MessageLog LOG = MessageLog.of(QuarantineNotice.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final String resource;
  private final Platform platform;
  private volatile Set<XidKey> known = Set.of();
  private long next;
  private boolean unsaid;

  QuarantineNotice(String resource, Platform platform) {
    this.resource = resource;
    this.platform = platform;
    this.next = platform.nanoTime();
  }

  /**
   * What a scan found.
   *
   * @param found each branch in the resource manager's own form
   */
  void found(Map<XidKey, String> found) {
    unsaid |= !known.containsAll(found.keySet());
    known = Set.copyOf(found.keySet());
    if (unsaid && !found.isEmpty() && platform.nanosUntil(next) <= 0) {
      Map.Entry<XidKey, String> one = found.entrySet().iterator().next();
      LOG.warnf(
          "HANDFAST001038 '%s' lists %d branches with the name of this node that are not of this log"
              + " store, or of a start that is not recorded or not trusted. They are left alone. One"
              + " of them: %s (there: %s)",
          resource, found.size(), one.getKey(), one.getValue());
      next = platform.momentIn(PAUSE);
      unsaid = false;
    }
  }

  /** How many the last scan found. */
  int count() {
    return known.size();
  }
}
