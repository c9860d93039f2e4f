package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.decision.XidOwnership;
import dev.handfast.xa.internal.pass.RecoveryPasses;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.rm.ResourceManagers;
import dev.handfast.xa.internal.rm.RmFacade;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.Selection;

/**
 * What an operator sees and orders. An order works between two passes, never beside one, and lets
 * passes through while it waits for the audit log. Safe for use by many threads.
 */
public final class OrderDesk {

  private final RecoveryPasses passes;
  private final ResourceManagers resources;
  private final Decisions decisions;
  private final InDoubtView view;
  private final Orders orders;

  /**
   * @param node the node's name, for reports
   */
  public OrderDesk(
      String node,
      XidOwnership ownership,
      Decisions decisions,
      RecoveryPasses passes,
      Platform platform) {
    this.passes = passes;
    this.resources = passes.resources();
    this.decisions = decisions;
    this.view = new InDoubtView(node, ownership, decisions, resources, platform);
    this.orders = new Orders(view, decisions, resources);
  }

  /** What is in doubt now; neither waits for a pass nor changes anything. */
  public InDoubt look(Filter filter) {
    return view.look(filter);
  }

  /** What an order would do; changes nothing. */
  public ActionReport preview(Action action, Selection selection) {
    return orders.plan(action, selection).report();
  }

  /**
   * Carries an order out, and runs the passes that follow from it, unless the store is only open:
   * that runs no pass untold.
   *
   * @throws IllegalStateException if the runtime is closed
   */
  public ActionReport carryOut(
      Action action, Selection selection, String reason, AuditTrail audit) {
    return new TransactionOrder(passes, orders, action, selection).run(reason, audit);
  }

  /** An operator vouches for the resource manager that is now behind a name. */
  public ActionReport acceptResource(String resource, String reason, AuditTrail audit) {
    RmFacade facade = resources.of(resource);
    return settled(new Acceptance(passes, audit, reason).resource(facade));
  }

  /** An operator vouches for a log store that was found changed. */
  public ActionReport acceptStore(String reason, AuditTrail audit) {
    return settled(new Acceptance(passes, audit, reason).store(decisions.quarantine()));
  }

  private ActionReport settled(ActionReport report) {
    passes.settleIfScheduled();
    return report;
  }
}
