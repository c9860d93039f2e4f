package dev.handfast.xa.internal.order;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.spi.MessageLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of one order, each recorded when it is known. One that the audit log does not tell
 * says so itself: what was done stays true. Used by one thread, between the turns of recovery.
 */
final class RecordedResults {

  private static final MessageLog LOG = MessageLog.of(RecordedResults.class);

  private final AuditTrail audit;
  private final Action action;
  private final List<TransactionResult> recorded = new ArrayList<>();
  private final List<TransactionResult> others = new ArrayList<>();

  RecordedResults(AuditTrail audit, Action action) {
    this.audit = audit;
    this.action = action;
  }

  /** The answer to an order that could not be recorded before it acts. */
  static ActionReport refusal(Action action, IOException cause) {
    return new ActionReport(
        action, List.of(), "The audit log cannot be written: " + cause.getMessage(), List.of());
  }

  /** Records what came of one transaction; false if that failed, so that the order has to stop. */
  boolean record(TransactionResult result) {
    try {
      audit.done(action, result);
      recorded.add(result);
      return true;
    } catch (IOException e) {
      LOG.errorf(
          e,
          "HANDFAST001071 The result of an operator's order could not be written to the audit log:"
              + " %s",
          result);
      others.add(noted(result, "The audit log does not tell this result: " + e.getMessage()));
      return false;
    }
  }

  /** Adds what came of one transaction on which nothing was tried, so that nothing is recorded. */
  void add(TransactionResult result) {
    others.add(result);
  }

  /** Forces what was recorded, and returns all results; to be called once. */
  List<TransactionResult> forced() {
    List<TransactionResult> all = new ArrayList<>(recorded);
    try {
      audit.force();
    } catch (IOException e) {
      LOG.errorf(
          e, "HANDFAST001072 The results of an operator's orders could not be forced to disk");
      String note = "The audit log may lose this result with power: " + e.getMessage();
      all.replaceAll(result -> noted(result, note));
    }
    all.addAll(others);
    return all;
  }

  private static TransactionResult noted(TransactionResult result, String note) {
    return new TransactionResult(
        result.gtrid(),
        result.outcome(),
        result.reason().isEmpty() ? note : result.reason() + "; " + note,
        result.branches());
  }
}
