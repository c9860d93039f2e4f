package dev.handfast.xa.scripted;

import static java.util.stream.Collectors.toMap;

import dev.handfast.xa.spi.BranchDetail;
import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceDescription;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.spi.XidKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A {@link ScriptedRm}, opened by a runtime. */
public final class ScriptedManager implements ResourceManager<ScriptedHandle> {

  private final ScriptedRm rm;
  private final ResourceContext context;
  private final ScriptedHandle handle;
  private final AtomicInteger closed = new AtomicInteger();

  ScriptedManager(ScriptedRm rm, ResourceContext context) {
    this.rm = rm;
    this.context = context;
    this.handle = new ScriptedHandle(rm, context);
  }

  /** What the runtime gave it. */
  public ResourceContext context() {
    return context;
  }

  /** How often it was closed. */
  public int closed() {
    return closed.get();
  }

  @Override
  public ScriptedHandle handle() {
    return handle;
  }

  @Override
  public XAResource recoveryResource() {
    return new ScriptedXaResource(rm, "r:");
  }

  @Override
  public RmIdentity identity() {
    return new RmIdentity(rm.id, "scripted", "1");
  }

  @Override
  public List<Finding> preflight() throws ResourceUnavailableException {
    rm.checks.incrementAndGet();
    Answer.Gate gate = rm.preflightGate;
    if (gate != null) {
      gate.pass();
    }
    if (rm.down) {
      throw new ResourceUnavailableException("nobody is there");
    }
    return rm.findings;
  }

  @Override
  public boolean requiredAtStart() {
    return rm.requiredAtStart;
  }

  @Override
  public boolean losesVotesOnClose() {
    return rm.losesVotesOnClose;
  }

  @Override
  public CommitRank commitRank() {
    return rm.rank;
  }

  @Override
  public ResourceDescription description() {
    return new ResourceDescription(rm.name(), rm.kind(), "scripted:" + rm.name(), "");
  }

  @Override
  public String nativeForm(Xid xid) {
    return XidKey.of(xid).toString();
  }

  @Override
  public Map<XidKey, BranchDetail> details() throws ResourceUnavailableException {
    if (!rm.tellsDetails) {
      throw new ResourceUnavailableException("no details");
    }
    return rm.inDoubt().stream()
        .collect(toMap(XidKey::of, xid -> new BranchDetail(rm.preparedAt, "")));
  }

  @Override
  public void close() {
    closed.incrementAndGet();
    RuntimeException failure = rm.closeFailure;
    if (failure != null) {
      throw failure;
    }
  }
}
