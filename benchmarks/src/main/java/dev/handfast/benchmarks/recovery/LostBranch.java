package dev.handfast.benchmarks.recovery;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A branch that is prepared in earnest and whose end never reaches the resource manager. */
final class LostBranch extends NamedResource {

  private final boolean losesVote;
  private final boolean commits;

  /**
   * @param resource the resource manager's own
   * @param name of the resource
   * @param losesVote whether the answer to prepare is lost, so that the transaction rolls back
   * @param commits whether commit is carried out, though its answer is lost
   */
  LostBranch(XAResource resource, String name, boolean losesVote, boolean commits) {
    super(resource, name);
    this.losesVote = losesVote;
    this.commits = commits;
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    int vote = super.prepare(xid);
    if (losesVote) {
      throw new XAException(XAException.XAER_RMFAIL);
    }
    return vote;
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    if (commits) {
      super.commit(xid, onePhase);
    }
    throw new XAException(XAException.XA_RETRY);
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    throw new XAException(XAException.XAER_RMFAIL);
  }
}
