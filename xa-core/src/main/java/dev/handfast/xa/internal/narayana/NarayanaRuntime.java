package dev.handfast.xa.internal.narayana;

import dev.handfast.xa.config.Settings;
import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.decision.Resolution.NotDecided;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.transaction.Coordinator;
import dev.handfast.xa.internal.transaction.RunningTransactionSet;
import dev.handfast.xa.spi.Gtrid;
import org.jspecify.annotations.Nullable;

/** Narayana, set up for one start of this node, with our log and our wrapper of branches. */
public final class NarayanaRuntime implements AutoCloseable {

  private final BranchLedger ledger = new BranchLedger();
  private final Decisions decisions;
  private final Coordinator coordinator;

  private NarayanaRuntime(Settings settings, Tenure tenure, Platform platform) {
    RunningTransactionSet running = new RunningTransactionSet();
    this.decisions =
        new Decisions(tenure, ledger, running, NarayanaTransactions.FORMAT_ID, platform);
    this.coordinator =
        new Coordinator(
            NarayanaTransaction::begin,
            ledger,
            running,
            settings.defaultTimeout(),
            settings.recovery().callTimeout(),
            this::isToCommit,
            platform);
    decisions.whenFailed(coordinator::refuseNew);
    NarayanaSetup.STORE.attach(decisions, new Answers(coordinator));
  }

  private boolean isToCommit(Gtrid gtrid) {
    DecisionRecord logged = decisions.of(gtrid);
    return logged != null && logged.commit();
  }

  private record Answers(Coordinator coordinator) implements NarayanaStore.Deciding {

    @Override
    public @Nullable String veto(Gtrid gtrid) {
      return coordinator.veto(gtrid);
    }

    @Override
    public void notDecided(Gtrid gtrid, NotDecided why) {
      coordinator.notDecided(gtrid, why);
    }
  }

  /**
   * Sets Narayana up.
   *
   * @throws IllegalStateException if another runtime of this class loader is running
   */
  public static NarayanaRuntime open(Settings settings, Tenure tenure, Platform platform) {
    NarayanaSetup.begin(tenure.identity());
    try {
      return new NarayanaRuntime(settings, tenure, platform);
    } catch (RuntimeException | Error e) {
      NarayanaSetup.end();
      throw e;
    }
  }

  /** What is decided, from this start on and before. */
  public Decisions decisions() {
    return decisions;
  }

  /** The branches of this process. */
  public BranchLedger ledger() {
    return ledger;
  }

  /** Begins and ends transactions. */
  public Coordinator coordinator() {
    return coordinator;
  }

  /** Ends the watch over timeouts, and Narayana. Recovery is closed, no transaction is running. */
  @Override
  public void close() {
    try {
      coordinator.close();
    } finally {
      NarayanaSetup.end();
    }
  }
}
