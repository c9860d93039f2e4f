package dev.handfast.xa.internal.narayana;

import dev.handfast.xa.config.Settings;
import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.platform.Platform;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.time.Duration;

/** Narayana, set up for one start of this node, with our log and our wrapper of branches. */
public final class NarayanaRuntime implements AutoCloseable {

  private final BranchLedger ledger = new BranchLedger();
  private final Decisions decisions;
  private final Coordinator coordinator;
  private final JakartaManager manager;

  private NarayanaRuntime(Tenure tenure, Platform platform) {
    this.decisions =
        new Decisions(
            tenure, ledger, new NarayanaTransactions(), NarayanaTransactions.FORMAT_ID, platform);
    this.coordinator = new Coordinator(ledger);
    decisions.whenFailed(coordinator::refuseNew);
    NarayanaSetup.STORE.attach(decisions, coordinator::notDecided);
    this.manager = new JakartaManager(coordinator);
  }

  /**
   * Sets Narayana up.
   *
   * @throws IllegalStateException if another runtime of this class loader is running
   */
  public static NarayanaRuntime open(Settings settings, Tenure tenure, Platform platform) {
    NarayanaSetup.begin(settings, tenure.identity());
    try {
      return new NarayanaRuntime(tenure, platform);
    } catch (RuntimeException | Error e) {
      NarayanaSetup.end();
      throw e;
    }
  }

  /** What is decided, from this start on and before. */
  public Decisions decisions() {
    return decisions;
  }

  /** Begins and ends transactions. */
  public Coordinator coordinator() {
    return coordinator;
  }

  /**
   * What the adapter of a resource is given.
   *
   * @param callTimeout of recovery
   * @param apart runs work that comes in by the resource
   */
  public AdapterContext context(String resource, Duration callTimeout, NewTransaction apart) {
    return new AdapterContext(resource, coordinator, ledger, decisions, callTimeout, apart);
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

  /** Ends Narayana's threads. Recovery is closed, and no transaction is running. */
  @Override
  public void close() {
    NarayanaSetup.end();
  }
}
