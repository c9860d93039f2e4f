package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.decision.Quarantine;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.rm.RmFacade;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.recovery.TransactionResult.Outcome;
import dev.handfast.xa.spi.ResourceUnavailableException;
import java.io.IOException;
import java.util.List;

/** An operator vouches for something that recovery refuses to believe. */
final class Acceptance {

  private final AuditTrail audit;
  private final String reason;

  Acceptance(AuditTrail audit, String reason) {
    this.audit = audit;
    this.reason = reason;
  }

  @FunctionalInterface
  private interface Change {
    String make() throws ResourceUnavailableException;
  }

  ActionReport resource(RmFacade facade) {
    String name = facade.name();
    if (!facade.isStranger()) {
      return refused(
          Action.ACCEPT_RESOURCE,
          facade.isReachable()
              ? "'" + name + "' is the resource manager that it was: there is nothing to accept."
              : "'" + name + "' cannot be reached, so it cannot be told who it is.");
    }
    return run(Action.ACCEPT_RESOURCE, name, facade::acceptIdentity);
  }

  ActionReport store(Quarantine quarantine) {
    String distrust = quarantine.distrust();
    if (distrust == null) {
      return refused(Action.ACCEPT_STORE, "The log store is trusted: there is nothing to accept.");
    }
    return run(
        Action.ACCEPT_STORE,
        distrust,
        () -> {
          quarantine.trust();
          return distrust;
        });
  }

  private ActionReport run(Action action, String subject, Change change) {
    try {
      audit.ordered(action, subject, false, reason, List.of());
    } catch (IOException e) {
      return Orders.unaudited(action, e);
    }
    TransactionResult result;
    try {
      result = new TransactionResult(subject, Outcome.DONE, change.make(), List.of());
    } catch (ResourceUnavailableException e) {
      String why = "It cannot be reached: " + e.getMessage();
      result = new TransactionResult(subject, Outcome.INCOMPLETE, why, List.of());
    } catch (LogStoreException e) {
      String why = "It could not be kept: " + e.getMessage();
      result = new TransactionResult(subject, Outcome.INCOMPLETE, why, List.of());
    }
    Orders.record(audit, action, result);
    Orders.force(audit);
    return new ActionReport(action, List.of(result), "", List.of());
  }

  private static ActionReport refused(Action action, String why) {
    return new ActionReport(action, List.of(), why, List.of());
  }
}
