package dev.handfast.xa.internal.management;

import dev.handfast.xa.internal.order.AuditTrail;
import dev.handfast.xa.internal.order.OrderDesk;
import dev.handfast.xa.internal.pass.RecoveryPasses;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.Status;
import java.time.Duration;
import java.util.function.Supplier;

/** Recovery of a runtime, as one user sees it. */
public final class OperatorRecovery implements Recovery {

  private final Supplier<Status> status;
  private final RecoveryPasses passes;
  private final OrderDesk orders;
  private final AuditLog auditLog;
  private final String user;
  private final String via;

  private OperatorRecovery(
      Supplier<Status> status,
      RecoveryPasses passes,
      OrderDesk orders,
      AuditLog auditLog,
      String user,
      String via) {
    this.status = status;
    this.passes = passes;
    this.orders = orders;
    this.auditLog = auditLog;
    this.user = user;
    this.via = via;
  }

  /**
   * For the application itself.
   *
   * @param status is asked for the state of the moment
   */
  public OperatorRecovery(
      Supplier<Status> status, RecoveryPasses passes, OrderDesk orders, AuditLog auditLog) {
    this(status, passes, orders, auditLog, System.getProperty("user.name", "?"), "api");
  }

  /** The same, ordered by somebody else. */
  public Recovery by(String otherUser, String otherWay) {
    return new OperatorRecovery(status, passes, orders, auditLog, otherUser, otherWay);
  }

  @Override
  public Status status() {
    return status.get();
  }

  @Override
  public RecoveryReport recover(Duration timeout) {
    return passes.untilResolved(timeout);
  }

  @Override
  public InDoubt inDoubt(Filter filter) {
    return orders.look(filter);
  }

  @Override
  public ActionReport preview(Action action, Selection selection) {
    return orders.preview(action, selection);
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
    return orders.carryOut(action, selection, reason, audit());
  }

  @Override
  public ActionReport acceptResource(String name, String reason) {
    requireReason(reason);
    return orders.acceptResource(name, reason, audit());
  }

  @Override
  public ActionReport acceptStore(String reason) {
    requireReason(reason);
    return orders.acceptStore(reason, audit());
  }

  private AuditTrail audit() {
    return auditLog.order(user, via);
  }

  private static void requireReason(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "An order needs a reason: it is what the audit log tells whoever asks later");
    }
  }
}
