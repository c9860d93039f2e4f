package dev.handfast.xa;

import dev.handfast.xa.internal.log.DecisionLog;
import dev.handfast.xa.internal.log.StoreIdentity;
import dev.handfast.xa.internal.narayana.TransactionRuntime;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Status;
import java.time.Duration;

/** Recovery of a running runtime. */
final class RuntimeRecovery implements Recovery {

  private final DecisionLog log;
  private final TransactionRuntime transactions;
  private final RecoveryReport startup;

  RuntimeRecovery(DecisionLog log, TransactionRuntime transactions, RecoveryReport startup) {
    this.log = log;
    this.transactions = transactions;
    this.startup = startup;
  }

  @Override
  public Status status() {
    StoreIdentity identity = log.identity();
    return new Status(
        identity.node().value(),
        identity.storeId(),
        identity.startId(),
        transactions.recovery().statuses(),
        transactions.pending().size(),
        transactions.coordinator().running().size(),
        startup);
  }

  @Override
  public RecoveryReport recover(Duration timeout) {
    return transactions.recovery().untilResolved(timeout);
  }
}
