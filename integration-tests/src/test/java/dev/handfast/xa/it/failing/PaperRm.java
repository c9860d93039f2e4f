package dev.handfast.xa.it.failing;

import dev.handfast.xa.it.TestResource;
import dev.handfast.xa.spi.CommitRank;
import javax.transaction.xa.XAResource;

/** A resource manager that keeps its branches in a {@link PaperTrail}; nobody waits for it. */
final class PaperRm extends TestResource<PaperRm.Handle> {

  private final PaperTrail trail;

  PaperRm(String name, PaperTrail trail) {
    super(name, Handle.class, CommitRank.BROKER);
    this.trail = trail;
  }

  /** What the application uses. */
  interface Handle {

    /** Takes part in the transaction of the thread, and answers its gtrid. */
    String work();
  }

  @Override
  protected Handle handle(Enlistment enlistment) {
    return () -> enlistment.enlist(new PaperBranch(trail)).gtrid();
  }

  @Override
  protected XAResource recoveryBranch() {
    return new PaperBranch(trail);
  }
}
