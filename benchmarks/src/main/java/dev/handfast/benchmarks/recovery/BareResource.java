package dev.handfast.benchmarks.recovery;

import dev.handfast.xa.spi.CommitRank;
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
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A real resource under its own name and identity whose handle takes XAResources of the caller's.
 */
final class BareResource implements Resource<BareResource.Enlister> {

  /** The handle. */
  @FunctionalInterface
  interface Enlister {
    /** Makes the XAResource a branch of the transaction of the thread. */
    void enlist(XAResource resource) throws EnlistmentException;
  }

  private final Resource<?> real;

  BareResource(Resource<?> real) {
    this.real = real;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public String kind() {
    return real.kind();
  }

  @Override
  public Class<Enlister> handleType() {
    return Enlister.class;
  }

  @Override
  public ResourceManager<Enlister> open(ResourceContext context) {
    return new Manager(real.open(context), context);
  }

  private record Manager(ResourceManager<?> real, ResourceContext context)
      implements ResourceManager<Enlister> {

    @Override
    public Enlister handle() {
      return resource -> {
        GlobalTransaction current = Objects.requireNonNull(context.current(), "transaction");
        var unused = current.enlist(resource);
      };
    }

    @Override
    public XAResource recoveryResource() {
      return real.recoveryResource();
    }

    @Override
    public RmIdentity identity() throws ResourceUnavailableException {
      return real.identity();
    }

    @Override
    public List<Finding> preflight() throws ResourceUnavailableException {
      return real.preflight();
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
    public CommitRank commitRank() {
      return real.commitRank();
    }

    @Override
    public ResourceDescription description() {
      return real.description();
    }

    @Override
    public String nativeForm(Xid xid) {
      return real.nativeForm(xid);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
