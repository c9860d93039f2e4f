package dev.handfast.xa;

import dev.handfast.xa.internal.log.DecisionRecord;
import dev.handfast.xa.internal.log.StoreIdentity;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.management.AuditLog;
import dev.handfast.xa.internal.narayana.TransactionRuntime;
import dev.handfast.xa.internal.recovery.Audit;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recovery of a running runtime, as one user sees it. */
final class RuntimeRecovery implements Recovery {

  private final Tenure log;
  private final TransactionRuntime transactions;
  private final RecoveryReport startup;
  private final AuditLog auditLog;
  private final String user;
  private final String via;

  private RuntimeRecovery(
      Tenure log,
      TransactionRuntime transactions,
      RecoveryReport startup,
      AuditLog auditLog,
      String user,
      String via) {
    this.log = log;
    this.transactions = transactions;
    this.startup = startup;
    this.auditLog = auditLog;
    this.user = user;
    this.via = via;
  }

  /** For the application itself. */
  RuntimeRecovery(
      Tenure log, TransactionRuntime transactions, RecoveryReport startup, AuditLog auditLog) {
    this(log, transactions, startup, auditLog, System.getProperty("user.name", "?"), "api");
  }

  /** The same, ordered by somebody else. */
  Recovery by(String otherUser, String otherWay) {
    return new RuntimeRecovery(log, transactions, startup, auditLog, otherUser, otherWay);
  }

  @Override
  public Status status() {
    StoreIdentity identity = log.identity();
    List<DecisionRecord> pending = transactions.pending();
    return new Status(
        identity.node().value(),
        identity.storeId(),
        identity.startId(),
        transactions.recovery().statuses(),
        pending.size(),
        transactions.coordinator().running().size(),
        transactions.recovery().unresolvedAtLastPass(),
        oldest(pending),
        transactions.recovery().attention(),
        startup);
  }

  private static @Nullable Instant oldest(List<DecisionRecord> pending) {
    return pending.stream().map(DecisionRecord::time).min(Comparator.naturalOrder()).orElse(null);
  }

  @Override
  public RecoveryReport recover(Duration timeout) {
    return transactions.recovery().untilResolved(timeout);
  }

  @Override
  public InDoubt inDoubt(Filter filter) {
    return transactions.recovery().look(filter);
  }

  @Override
  public ActionReport preview(Action action, Selection selection) {
    return transactions.recovery().preview(action, selection);
  }

  @Override
  public ActionReport commit(Selection selection, String reason) {
    return order(Action.COMMIT, selection, reason);
  }

  @Override
  public ActionReport rollback(Selection selection, String reason) {
    return order(Action.ROLLBACK, selection, reason);
  }

  @Override
  public ActionReport forget(Selection selection, String reason) {
    return order(Action.FORGET, selection, reason);
  }

  private ActionReport order(Action action, Selection selection, String reason) {
    requireReason(reason);
    return transactions.recovery().carryOut(action, selection, reason, audit());
  }

  @Override
  public ActionReport acceptResource(String name, String reason) {
    requireReason(reason);
    return transactions.recovery().acceptResource(name, reason, audit());
  }

  @Override
  public ActionReport acceptStore(String reason) {
    requireReason(reason);
    return transactions.recovery().acceptStore(reason, audit());
  }

  private Audit audit() {
    return new OrderAudit(auditLog.order(user, via));
  }

  private static void requireReason(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "An order needs a reason: it is what the audit log tells whoever asks later");
    }
  }
}
