package dev.handfast.xa.it;

import dev.handfast.xa.spi.CommitRank;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A resource manager in memory that does something of the test's at its prepare: enlisted last, it
 * acts between the votes of the others and the decision.
 */
public final class HookResource extends TestResource<HookResource.Handle> {

  private final Map<String, Xid> prepared = new ConcurrentHashMap<>();

  public HookResource() {
    super("hook", Handle.class, CommitRank.DATABASE);
  }

  /** What the application uses. */
  public interface Handle {
    void enlist(Runnable atPrepare);
  }

  @Override
  protected Handle handle(Enlistment enlistment) {
    return atPrepare -> enlistment.enlist(new HookBranch(atPrepare));
  }

  @Override
  protected XAResource recoveryBranch() {
    return new HookBranch(() -> {});
  }

  private final class HookBranch extends TestBranch {

    private final Runnable atPrepare;

    private HookBranch(Runnable atPrepare) {
      this.atPrepare = atPrepare;
    }

    @Override
    public int prepare(Xid xid) {
      atPrepare.run();
      prepared.put(xid.toString(), xid);
      return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
      if (!onePhase && prepared.remove(xid.toString()) == null) {
        throw new XAException(XAException.XAER_NOTA);
      }
    }

    @Override
    public void rollback(Xid xid) {
      prepared.remove(xid.toString());
    }

    @Override
    public void forget(Xid xid) {}

    @Override
    public Xid[] recover(int flag) {
      return (flag & TMSTARTRSCAN) == 0 ? new Xid[0] : prepared.values().toArray(Xid[]::new);
    }
  }
}
