package dev.handfast.xa.it;

import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceDescription;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.RmIdentity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A resource manager in memory that does something of the test's at its prepare: enlisted last, it
 * acts between the votes of the others and the decision.
 */
public final class HookResource implements Resource<HookResource.Handle> {

  /** What the application uses. */
  public interface Handle {
    void enlist(Runnable atPrepare);
  }

  private final Map<String, Xid> prepared = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "hook";
  }

  @Override
  public String kind() {
    return "test";
  }

  @Override
  public Class<Handle> handleType() {
    return Handle.class;
  }

  @Override
  public ResourceManager<Handle> open(ResourceContext context) {
    return new Manager(context);
  }

  private final class Manager implements ResourceManager<Handle> {

    private final ResourceContext context;

    private Manager(ResourceContext context) {
      this.context = context;
    }

    @Override
    public Handle handle() {
      return atPrepare -> {
        GlobalTransaction current = context.current();
        try {
          current.enlist(new HookBranch(atPrepare));
        } catch (EnlistmentException e) {
          throw new IllegalStateException(e);
        }
      };
    }

    @Override
    public XAResource recoveryResource() {
      return new HookBranch(() -> {});
    }

    @Override
    public RmIdentity identity() {
      return new RmIdentity("hook", "hook", "1");
    }

    @Override
    public List<Finding> preflight() {
      return List.of();
    }

    @Override
    public boolean requiredAtStart() {
      return true;
    }

    @Override
    public boolean losesVotesOnClose() {
      return false;
    }

    @Override
    public ResourceDescription description() {
      return new ResourceDescription("hook", "test", "memory", "");
    }

    @Override
    public String nativeForm(Xid xid) {
      return xid.toString();
    }

    @Override
    public void close() {}
  }

  private final class HookBranch implements XAResource {

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
    public Xid[] recover(int flag) {
      return (flag & TMSTARTRSCAN) == 0 ? new Xid[0] : prepared.values().toArray(Xid[]::new);
    }

    @Override
    public void start(Xid xid, int flags) {}

    @Override
    public void end(Xid xid, int flags) {}

    @Override
    public void forget(Xid xid) {}

    @Override
    public boolean isSameRM(XAResource other) {
      return this == other;
    }

    @Override
    public int getTransactionTimeout() {
      return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
      return false;
    }
  }
}
