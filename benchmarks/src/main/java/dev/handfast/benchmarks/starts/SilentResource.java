package dev.handfast.benchmarks.starts;

import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceDescription;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.RmIdentity;
import java.util.List;
import java.util.Objects;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A resource manager that gives every vote and no answer to a commit.
 *
 * @param away whether it cannot be reached at all
 */
record SilentResource(String name, boolean away) implements Resource<SilentResource.Enlister> {

  /** The handle. */
  @FunctionalInterface
  interface Enlister {
    /** Adds a branch to the transaction of the thread. */
    void enlist() throws EnlistmentException;
  }

  @Override
  public String kind() {
    return "silent";
  }

  @Override
  public Class<Enlister> handleType() {
    return Enlister.class;
  }

  @Override
  public ResourceManager<Enlister> open(ResourceContext context) {
    return new Manager(this, context);
  }

  private record Manager(SilentResource resource, ResourceContext context)
      implements ResourceManager<Enlister> {

    @Override
    public Enlister handle() {
      return () -> {
        GlobalTransaction current = Objects.requireNonNull(context.current(), "transaction");
        var unused = current.enlist(new Silent(false));
      };
    }

    @Override
    public XAResource recoveryResource() {
      return new Silent(resource.away);
    }

    @Override
    public RmIdentity identity() throws ResourceUnavailableException {
      requireThere();
      return new RmIdentity(resource.name, "silent", "1");
    }

    @Override
    public List<Finding> preflight() throws ResourceUnavailableException {
      requireThere();
      return List.of();
    }

    private void requireThere() throws ResourceUnavailableException {
      if (resource.away) {
        throw new ResourceUnavailableException("'" + resource.name + "' is away");
      }
    }

    @Override
    public boolean requiredAtStart() {
      return false;
    }

    @Override
    public boolean losesVotesOnClose() {
      return false;
    }

    @Override
    public ResourceDescription description() {
      return new ResourceDescription(resource.name, "silent", "", "");
    }

    @Override
    public String nativeForm(Xid xid) {
      return xid.toString();
    }

    @Override
    public void close() {}
  }

  private record Silent(boolean away) implements XAResource {

    @Override
    public void start(Xid xid, int flags) {}

    @Override
    public void end(Xid xid, int flags) {}

    @Override
    public int prepare(Xid xid) {
      return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
      throw new XAException(XAException.XA_RETRY);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
      throw new XAException(XAException.XAER_RMFAIL);
    }

    @Override
    public void forget(Xid xid) {}

    @Override
    public Xid[] recover(int flags) throws XAException {
      if (away) {
        throw new XAException(XAException.XAER_RMFAIL);
      }
      return new Xid[0];
    }

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
