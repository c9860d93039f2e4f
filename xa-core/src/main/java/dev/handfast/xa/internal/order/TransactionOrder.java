package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.pass.RecoveryPasses;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.TransactionResult;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One order on transactions: looked at in one turn between two passes, recorded, and then carried
 * out on each transaction in a turn of its own, with its result recorded behind it. The audit log
 * is waited for between turns, so that recovery does not wait for it. What came in between, a pass
 * or another order, is noticed by the number of the turn; then it is looked again. Used by one
 * thread.
 */
final class TransactionOrder {

  private final RecoveryPasses passes;
  private final Orders orders;
  private final Action action;
  private final Selection selection;
  private Set<InDoubtTransaction> allowed = Set.of();
  private long turn;

  TransactionOrder(RecoveryPasses passes, Orders orders, Action action, Selection selection) {
    this.passes = passes;
    this.orders = orders;
    this.action = action;
    this.selection = selection;
  }

  /**
   * Carries it out, and runs the passes that follow from it.
   *
   * @throws IllegalStateException if the runtime is closed before it is looked at
   */
  ActionReport run(String reason, AuditTrail audit) {
    Orders.Plan plan = passes.between(this::look);
    List<InDoubtTransaction> transactions = plan.found().transactions();
    if (plan.report().isRefused() || transactions.isEmpty()) {
      return plan.report();
    }
    try {
      audit.ordered(action, "", selection.force(), reason, transactions);
    } catch (IOException e) {
      return RecordedResults.refusal(action, e);
    }
    List<TransactionResult> results = carryOut(transactions, audit);
    plan.report().transactions().stream()
        .filter(result -> result.outcome() == TransactionResult.Outcome.NOT_FOUND)
        .forEach(results::add);
    passes.settleIfScheduled();
    return new ActionReport(action, results, "", plan.report().unreachable());
  }

  private Orders.Plan look() {
    Orders.Plan plan = orders.inspect(action, selection);
    Set<String> refused =
        plan.report().transactions().stream()
            .filter(result -> result.outcome() == TransactionResult.Outcome.REFUSED)
            .map(TransactionResult::gtrid)
            .collect(Collectors.toSet());
    allowed =
        plan.found().transactions().stream()
            .filter(transaction -> !refused.contains(transaction.gtrid()))
            .collect(Collectors.toSet());
    turn = passes.turn();
    return plan;
  }

  private List<TransactionResult> carryOut(
      List<InDoubtTransaction> transactions, AuditTrail audit) {
    RecordedResults results = new RecordedResults(audit, action);
    boolean recorded = true;
    for (InDoubtTransaction transaction : transactions) {
      if (recorded) {
        recorded = results.record(carryOut(transaction));
      } else {
        results.add(Orders.incomplete(transaction, "the audit log could not be written"));
      }
    }
    return results.forced();
  }

  private TransactionResult carryOut(InDoubtTransaction transaction) {
    try {
      return passes.between(() -> act(transaction));
    } catch (RuntimeException e) {
      return Orders.failed(transaction, e);
    }
  }

  private TransactionResult act(InDoubtTransaction transaction) {
    if (passes.turn() == turn + 1) {
      turn++;
    } else {
      look();
    }
    return allowed.contains(transaction)
        ? orders.carryOut(action, transaction, selection.force())
        : Orders.incomplete(
            transaction,
            "it is not any more what it was when the order was recorded. To solve this, look again");
  }
}
