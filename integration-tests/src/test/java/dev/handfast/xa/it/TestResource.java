package dev.handfast.xa.it;

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

/** A resource manager of the tests, which is always there and asks for nothing at a start. */
public abstract class TestResource<H> implements Resource<H> {

  private static final String KIND = "test";

  private final String name;
  private final Class<H> handleType;
  private final CommitRank rank;

  protected TestResource(String name, Class<H> handleType, CommitRank rank) {
    this.name = name;
    this.handleType = handleType;
    this.rank = rank;
  }

  /** Enlists branches in the transaction of the thread. */
  @FunctionalInterface
  public interface Enlistment {

    /** Answers the transaction. */
    GlobalTransaction enlist(XAResource branch);
  }

  protected abstract H handle(Enlistment enlistment);

  protected abstract XAResource recoveryBranch();

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String kind() {
    return KIND;
  }

  @Override
  public final Class<H> handleType() {
    return handleType;
  }

  @Override
  public final ResourceManager<H> open(ResourceContext context) {
    return new Manager(context);
  }

  private static GlobalTransaction enlist(ResourceContext context, XAResource branch) {
    GlobalTransaction current = context.current();
    try {
      current.enlist(branch);
    } catch (EnlistmentException e) {
      throw new IllegalStateException(e);
    }
    return current;
  }

  private final class Manager implements ResourceManager<H> {

    private final ResourceContext context;

    private Manager(ResourceContext context) {
      this.context = context;
    }

    @Override
    public H handle() {
      return TestResource.this.handle(branch -> enlist(context, branch));
    }

    @Override
    public XAResource recoveryResource() {
      return recoveryBranch();
    }

    @Override
    public RmIdentity identity() {
      return new RmIdentity(name, KIND, "1");
    }

    @Override
    public CommitRank commitRank() {
      return rank;
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
      return new ResourceDescription(name, KIND, "none", "");
    }

    @Override
    public String nativeForm(Xid xid) {
      return xid.toString();
    }

    @Override
    public void close() {}
  }
}
