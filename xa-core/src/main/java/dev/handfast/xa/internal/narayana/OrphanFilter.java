package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.jta.recovery.XAResourceOrphanFilter;
import dev.handfast.xa.internal.recovery.XidOwnership;
import dev.handfast.xa.spi.XidKey;
import javax.transaction.xa.Xid;

/**
 * Presumed abort, and nothing more: a branch of ours, of a recorded start, that is neither live nor
 * claimed by the log is rolled back. Live is asked before logged, because a transaction ceases to
 * be live only after its decision is in the log or its branches are finished.
 */
final class OrphanFilter implements XAResourceOrphanFilter {

  private final XidOwnership ownership;
  private final LogIndex log;

  OrphanFilter(XidOwnership ownership, LogIndex log) {
    this.ownership = ownership;
    this.log = log;
  }

  @Override
  public Vote checkXid(Xid xid) {
    boolean orphan =
        ownership.of(xid) == XidOwnership.Owner.OURS
            && !Liveness.isLive(xid)
            && !log.claims(XidKey.of(xid));
    return orphan ? Vote.ROLLBACK : Vote.LEAVE_ALONE;
  }
}
