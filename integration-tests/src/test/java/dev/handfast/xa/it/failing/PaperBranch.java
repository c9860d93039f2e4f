package dev.handfast.xa.it.failing;

import dev.handfast.xa.it.TestBranch;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.spi.XidKey;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** A connection to a {@link PaperRm}. */
final class PaperBranch extends TestBranch {

  private static final Xid[] NONE = {};

  private final PaperTrail trail;

  PaperBranch(PaperTrail trail) {
    this.trail = trail;
  }

  @Override
  public int prepare(Xid xid) {
    trail.write(PaperTrail.State.PREPARED, XidKey.of(xid));
    return XA_OK;
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    XidKey key = XidKey.of(xid);
    if (!onePhase) {
      require(key);
      switch (trail.manner()) {
        case LATER -> throw XaErrors.of(XAException.XA_RETRY, "later");
        case ALONE -> {
          trail.write(PaperTrail.State.ALONE, key);
          throw XaErrors.of(XAException.XA_HEURRB, "rolled back alone");
        }
        case AS_ASKED -> {}
      }
    }
    trail.write(PaperTrail.State.COMMITTED, key);
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    XidKey key = XidKey.of(xid);
    if (trail.inDoubt().contains(key)) {
      require(key);
      trail.write(PaperTrail.State.ROLLED_BACK, key);
    }
  }

  private void require(XidKey key) throws XAException {
    PaperTrail.State state = trail.state(key);
    if (state == PaperTrail.State.ALONE) {
      throw XaErrors.of(XAException.XA_HEURRB, "rolled back alone");
    }
    if (state != PaperTrail.State.PREPARED) {
      throw XaErrors.of(XAException.XAER_NOTA, "unknown branch");
    }
  }

  @Override
  public void forget(Xid xid) throws XAException {
    if (trail.state(XidKey.of(xid)) != PaperTrail.State.ALONE) {
      throw XaErrors.of(XAException.XAER_NOTA, "nothing to forget");
    }
    trail.write(PaperTrail.State.FORGOTTEN, XidKey.of(xid));
  }

  @Override
  public Xid[] recover(int flag) {
    return (flag & TMSTARTRSCAN) == 0
        ? NONE
        : trail.inDoubt().stream().map(XidKey::xid).toArray(Xid[]::new);
  }
}
