package dev.handfast.xa.recovery;

import java.util.List;
import java.util.Objects;

/**
 * What an order did to one transaction.
 *
 * @param gtrid the global transaction id in hexadecimal; the resource's name, or empty, where a
 *     resource or the store was accepted
 * @param outcome of the order
 * @param reason why it was refused or is incomplete; empty if it is done
 * @param branches each with the answer of its resource manager
 */
public record TransactionResult(
    String gtrid, Outcome outcome, String reason, List<BranchResult> branches) {

  public TransactionResult {
    Objects.requireNonNull(gtrid);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(reason);
    branches = List.copyOf(branches);
  }

  /** How an order went. */
  public enum Outcome {
    /** Done, or to be done: a preview changes nothing. */
    DONE,
    /** Something could not be reached; the same order again goes on with it. */
    INCOMPLETE,
    /** Nothing was changed. */
    REFUSED,
    /** Nothing of that id is in doubt. */
    NOT_FOUND
  }

  static TransactionResult refused(String gtrid, String reason) {
    return new TransactionResult(gtrid, Outcome.REFUSED, reason, List.of());
  }
}
