package dev.handfast.xa.internal.narayana;

import dev.handfast.xa.config.Settings;
import dev.handfast.xa.internal.branch.AskBack;
import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.log.DecisionRecord;
import dev.handfast.xa.internal.log.ResourceIdentities;
import dev.handfast.xa.internal.log.StoreIdentity;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.recovery.KnownIdentities;
import dev.handfast.xa.internal.recovery.NodeId;
import dev.handfast.xa.internal.recovery.RecoveryListener;
import dev.handfast.xa.internal.recovery.RecoveryService;
import dev.handfast.xa.internal.recovery.XidOwnership;
import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.ResourceDescription;
import dev.handfast.xa.spi.XidKey;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** Narayana, set up for one start of this node, with our log, our wrapper and our recovery. */
public final class TransactionRuntime implements AutoCloseable {

  private final BranchLedger ledger;
  private final LogIndex index;
  private final Coordinator coordinator;
  private final RecoveryService recovery;
  private final JakartaManager manager;

  private TransactionRuntime(Settings settings, Tenure log) {
    this.ledger = new BranchLedger(this::askBack);
    this.index = new LogIndex(log, ledger);
    NarayanaSetup.STORE.attach(index);
    StoreIdentity identity = log.identity();
    XidOwnership ownership =
        new XidOwnership(
            Gtrids.FORMAT_ID, identity.node().value(), identity.xidSuffix(), log::isTrusted);
    this.coordinator = new Coordinator(ledger, index);
    index.whenFailed(coordinator::refuseNew);
    this.recovery =
        new RecoveryService(
            new Findings(),
            index::decidedOn,
            identities(log.resources()),
            new LogEvidence(log, index, ledger),
            new NodeId(identity.node().value(), identity.xidSuffix(), ownership),
            settings.recovery().callTimeout());
    this.manager = new JakartaManager(coordinator);
  }

  /**
   * Sets Narayana up.
   *
   * @throws IllegalStateException if another runtime of this class loader is running
   */
  public static TransactionRuntime open(Settings settings, Tenure log) {
    NarayanaSetup.begin(settings, log.identity());
    try {
      return new TransactionRuntime(settings, log);
    } catch (RuntimeException | Error e) {
      NarayanaSetup.end();
      throw e;
    }
  }

  private KnownIdentities identities(ResourceIdentities recorded) {
    return new KnownIdentities() {
      @Override
      public Set<String> names() {
        return recorded.names();
      }

      @Override
      public @Nullable String of(String resource) {
        return recorded.of(resource);
      }

      @Override
      public int waiting(String resource) {
        Set<XidKey> all = new HashSet<>();
        index.decidedOn(resource).forEach(xid -> all.add(XidKey.of(xid)));
        ledger.inDoubt().stream()
            .filter(branch -> branch.resource().equals(resource))
            .forEach(branch -> all.add(branch.key()));
        return all.size();
      }

      @Override
      public void record(ResourceDescription resource, String id) {
        recorded.record(resource, id);
      }
    };
  }

  private AskBack.Answer askBack(String resource, Xid xid) {
    Boolean listed = recovery.lists(resource, xid);
    if (listed == null) {
      return AskBack.Answer.NO_ANSWER;
    }
    return listed ? AskBack.Answer.LISTED : AskBack.Answer.NOT_LISTED;
  }

  /** What recovery finds out goes to the log's index and to whoever kept a connection. */
  private final class Findings implements RecoveryListener {

    @Override
    public void finished(String resource, XidKey xid, BranchState state) {
      index.finished(xid);
      ledger.finished(xid, state);
    }

    @Override
    public void ended(String resource, XidKey xid, Heuristic kind) {
      index.ended(xid, kind);
      ledger.finished(xid, BranchState.HEURISTIC);
    }

    /** Live before logged, as in {@code Replay}. */
    @Override
    public void listed(String resource, Set<XidKey> listed) {
      ledger.reconcile(
          resource,
          branch ->
              listed.contains(branch)
                  || Liveness.isLive(Gtrids.branch(branch.gtrid(), branch.bqual()))
                  || index.claims(branch));
    }
  }

  /** The transaction of the calling thread as the adapter of a resource sees it, or null. */
  public @Nullable GlobalTransaction current(String resource) {
    LiveTransaction live = coordinator.current();
    return live == null
        ? null
        : new ResourceTransaction(
            live, resource, coordinator, ledger, index, () -> recovery.enlistmentRefusal(resource));
  }

  public Coordinator coordinator() {
    return coordinator;
  }

  public RecoveryService recovery() {
    return recovery;
  }

  public TransactionManager transactionManager() {
    return manager;
  }

  public UserTransaction userTransaction() {
    return manager;
  }

  public TransactionSynchronizationRegistry synchronizationRegistry() {
    return new JakartaRegistry(coordinator);
  }

  /** Decisions in the log whose transactions are not running. */
  public List<DecisionRecord> pending() {
    return index.pending();
  }

  /** Branches of this process that may have voted and are not finished. */
  public List<TrackedBranch> inDoubt() {
    return ledger.inDoubt();
  }

  /** From now on no transaction begins; the reason is told to whoever tries. */
  public void refuseNew(String reason) {
    coordinator.refuseNew(reason);
  }

  /** As {@link #refuseNew}, until {@link #letBegin}. */
  public void hold(String reason) {
    coordinator.hold(reason);
  }

  /** Transactions begin again, unless they are refused for good. */
  public void letBegin() {
    coordinator.letBegin();
  }

  /** Ends Narayana's threads. Recovery is closed, and no transaction is running. */
  @Override
  public void close() {
    NarayanaSetup.end();
  }
}
