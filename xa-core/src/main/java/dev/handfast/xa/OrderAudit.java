package dev.handfast.xa;

import dev.handfast.xa.internal.management.AuditLog;
import dev.handfast.xa.internal.recovery.Audit;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.TransactionResult;
import java.io.IOException;
import java.util.List;

/** Records an order in the audit log. */
final class OrderAudit implements Audit {

  private final AuditLog.Order order;

  OrderAudit(AuditLog.Order order) {
    this.order = order;
  }

  @Override
  public void ordered(
      Action action,
      String subject,
      boolean force,
      String reason,
      List<InDoubtTransaction> evidence)
      throws IOException {
    order.before(action, subject, force, reason, evidence);
  }

  @Override
  public void done(Action action, TransactionResult result) throws IOException {
    order.after(action, result);
  }

  @Override
  public void force() throws IOException {
    order.sync();
  }
}
