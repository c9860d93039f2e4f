package dev.handfast.xa.internal.rm;

import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.Probes;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** The probe branches of this node on one resource manager. */
final class RmProbes {

  private static final MessageLog LOG = MessageLog.of(RmProbes.class);

  private final RmLink link;
  private final Probes xids;

  RmProbes(RmLink link, Probes xids) {
    this.link = link;
    this.xids = xids;
  }

  /** Prepares a branch and rolls it back, which makes the resource manager force its journal. */
  boolean roundTrip() {
    Xid xid = xids.next();
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
      if (xids.isLeftBehind(xid)) {
        try {
          link.order(resource -> resource.rollback(xid));
        } catch (XAException e) {
          LOG.debugf(e, "An old probe branch of '%s' could not be rolled back", link.name());
        }
      }
    }
  }
}
