package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.decision.Quarantine;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.pass.RecoveryPasses;
import dev.handfast.xa.internal.rm.RmFacade;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.recovery.TransactionResult.Outcome;
import dev.handfast.xa.spi.ResourceUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * An operator vouches for something that recovery refuses to believe. It is looked at and changed
 * in turns between two passes; the audit log is waited for in between. Used by one thread.
 */
final class Acceptance {

  private final RecoveryPasses passes;
  private final AuditTrail audit;
  private final String reason;

  Acceptance(RecoveryPasses passes, AuditTrail audit, String reason) {
    this.passes = passes;
    this.audit = audit;
    this.reason = reason;
  }

  /**
   * What is to be accepted.
   *
   * @param subject its name, or what is held against it
   * @param refusal why there is nothing to accept, or empty
   */
  private record Doubt(String subject, String refusal) {}

  @FunctionalInterface
  private interface Change {
    String make() throws ResourceUnavailableException;
  }

  ActionReport resource(RmFacade facade) {
    return run(Action.ACCEPT_RESOURCE, () -> doubt(facade), facade::acceptIdentity);
  }

  private static Doubt doubt(RmFacade facade) {
    facade.scan();
    String name = facade.name();
    if (facade.isStranger()) {
      return new Doubt(name, "");
    }
    return new Doubt(
        name,
        facade.isReachable()
            ? "'" + name + "' is the resource manager that it was: there is nothing to accept."
            : "'" + name + "' cannot be reached, so it cannot be told who it is.");
  }

  ActionReport store(Quarantine quarantine) {
    return run(
        Action.ACCEPT_STORE,
        () -> doubt(quarantine),
        () -> {
          String distrust = String.valueOf(quarantine.distrust());
          quarantine.trust();
          return distrust;
        });
  }

  private static Doubt doubt(Quarantine quarantine) {
    String distrust = quarantine.distrust();
    return distrust == null
        ? new Doubt("", "The log store is trusted: there is nothing to accept.")
        : new Doubt(distrust, "");
  }

  private ActionReport run(Action action, Supplier<Doubt> look, Change change) {
    Doubt doubt = passes.between(look);
    if (!doubt.refusal().isEmpty()) {
      return new ActionReport(action, List.of(), doubt.refusal(), List.of());
    }
    try {
      audit.ordered(action, doubt.subject(), false, reason, List.of());
    } catch (IOException e) {
      return RecordedResults.refusal(action, e);
    }
    RecordedResults results = new RecordedResults(audit, action);
    results.record(changed(doubt, look, change));
    return new ActionReport(action, results.forced(), "", List.of());
  }

  private TransactionResult changed(Doubt doubt, Supplier<Doubt> look, Change change) {
    try {
      return passes.between(() -> changedIfSame(doubt, look.get(), change));
    } catch (RuntimeException e) {
      return incomplete(doubt, "It failed: " + e.getMessage());
    }
  }

  private static TransactionResult changedIfSame(Doubt recorded, Doubt found, Change change) {
    if (!found.equals(recorded)) {
      return incomplete(
          recorded,
          "It is not any more what it was when the order was recorded. To solve this, look again");
    }
    try {
      return new TransactionResult(recorded.subject(), Outcome.DONE, change.make(), List.of());
    } catch (ResourceUnavailableException e) {
      return incomplete(recorded, "It cannot be reached: " + e.getMessage());
    } catch (LogStoreException e) {
      return incomplete(recorded, "It could not be kept: " + e.getMessage());
    }
  }

  private static TransactionResult incomplete(Doubt doubt, String why) {
    return new TransactionResult(doubt.subject(), Outcome.INCOMPLETE, why, List.of());
  }
}
