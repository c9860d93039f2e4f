package dev.handfast.xa.recovery;

import java.util.List;
import java.util.Objects;

/**
 * What an order did. An order is refused as a whole: if it may not be carried out on one of the
 * transactions, nothing was changed on any.
 *
 * @param action the order
 * @param transactions the result of each transaction
 * @param refusal why nothing was changed; empty if the order was carried out
 * @param unreachable resources that could not be asked: branches there were not found
 */
public record ActionReport(
    Action action, List<TransactionResult> transactions, String refusal, List<String> unreachable) {

  public ActionReport {
    Objects.requireNonNull(action);
    Objects.requireNonNull(refusal);
    transactions = List.copyOf(transactions);
    unreachable = List.copyOf(unreachable);
  }

  /** True if nothing was changed. */
  public boolean isRefused() {
    return !refusal.isEmpty();
  }

  /** True if the order was carried out on everything that was selected. */
  public boolean isComplete() {
    return !isRefused()
        && transactions.stream()
            .noneMatch(result -> result.outcome() == TransactionResult.Outcome.INCOMPLETE);
  }
}
