package dev.handfast.xa.internal.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  RmProbes(RmLink link, String owner) {
    this.link = link;
    this.owner = owner;
  }

  /** Prepares a branch and rolls it back, which makes the resource manager force its journal. */
  boolean roundTrip() {
    Xid xid = ProbeXid.of(owner, Instant.now());
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

  /** Rolls back what a crash left behind. */
  void cleanUp(List<Xid> listed) {
    for (Xid xid : listed) {
      boolean old =
          ProbeXid.age(xid, owner, Instant.now())
              .filter(age -> age.compareTo(LIFE) > 0)
              .isPresent();
      if (old) {
        try {
          link.order(resource -> resource.rollback(xid));
        } catch (XAException e) {
          LOG.debugf(e, "An old probe branch of '%s' could not be rolled back", link.name());
        }
      }
    }
  }
}
