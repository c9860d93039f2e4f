package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jboss.logging.Logger;

/** The probe branches of this node on one resource manager. */
final class RmProbes {

  private static final Logger LOG = Logger.getLogger(RmProbes.class);
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final RmLink link;
  private final String owner;
  private final Platform platform;
  private final Instant begun;
  private final Map<XidKey, Instant> made = new ConcurrentHashMap<>();

  RmProbes(RmLink link, String owner, Platform platform) {
    this.link = link;
    this.owner = owner;
    this.platform = platform;
    this.begun = platform.now();
  }

  /** Prepares a branch and rolls it back, which makes the resource manager force its journal. */
  boolean roundTrip() {
    Instant now = platform.now();
    Xid xid = ProbeXid.of(owner, now, platform);
    made.put(XidKey.of(xid), now);
    try {
      link.order(
          resource -> {
            resource.start(xid, XAResource.TMNOFLAGS);
            resource.end(xid, XAResource.TMSUCCESS);
            if (resource.prepare(xid) == XAResource.XA_OK) {
              resource.rollback(xid);
            }
          });
      return true;
    } catch (XAException e) {
      LOG.debugf(e, "The probe of '%s' failed", link.name());
      return false;
    }
  }

  /**
   * Rolls back what a crash left behind: probes of this runtime, none of which is under way while a
   * list is taken; probes of earlier ones; and any other under the owner's name once it is old.
   */
  void cleanUp(List<Xid> listed) {
    Instant now = platform.now();
    made.values().removeIf(time -> time.isBefore(now.minus(LIFE)));
    for (Xid xid : listed) {
      if (isLeftBehind(xid, now)) {
        try {
          link.order(resource -> resource.rollback(xid));
        } catch (XAException e) {
          LOG.debugf(e, "An old probe branch of '%s' could not be rolled back", link.name());
        }
      }
    }
  }

  private boolean isLeftBehind(Xid xid, Instant now) {
    return ProbeXid.age(xid, owner, now)
        .filter(
            age ->
                made.containsKey(XidKey.of(xid))
                    || now.minus(age).isBefore(begun)
                    || age.compareTo(LIFE) > 0)
        .isPresent();
  }
}
