package dev.handfast.xa.it.failing;

import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceDescription;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.RmIdentity;
import java.util.List;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource manager that keeps its branches in a {@link PaperTrail}. */
final class PaperRm implements Resource<PaperRm.Handle> {

  private final String name;
  private final PaperTrail trail;

  PaperRm(String name, PaperTrail trail) {
    this.name = name;
    this.trail = trail;
  }

  /** What the application uses. */
  interface Handle {

    /** Takes part in the transaction of the thread, and answers its gtrid. */
    String work();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return "paper";
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
      return () -> {
        GlobalTransaction current = context.current();
        try {
          current.enlist(new PaperBranch(trail));
        } catch (EnlistmentException e) {
          throw new IllegalStateException(e);
        }
        return current.gtrid();
      };
    }

    @Override
    public XAResource recoveryResource() {
      return new PaperBranch(trail);
    }

    @Override
    public RmIdentity identity() {
      return new RmIdentity(name, "paper", "1");
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

    /** Nobody waits for it. */
    @Override
    public CommitRank commitRank() {
      return CommitRank.BROKER;
    }

    @Override
    public ResourceDescription description() {
      return new ResourceDescription(name, "paper", "paper:" + name, "");
    }

    @Override
    public String nativeForm(Xid xid) {
      return xid.toString();
    }

    @Override
    public void close() {}
  }
}
