package dev.handfast.xa.recovery;

import java.util.List;
import java.util.Objects;

/**
 * What an order did to one transaction.
 *
 * @param gtrid the global transaction id in hexadecimal; the resource's name, or empty, where a
 *     resource or the store was accepted
 * @param outcome how the order went
 * @param reason why the order was refused or is incomplete; if it is done, that the audit log does
 *     not tell so, else empty
 * @param branches what the order did to each branch, with the answer of its resource manager
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
    /** It is done; in a preview, it would be done. */
    DONE,
    /**
     * Something could not be reached, or the log did not take the order; the reason says which. The
     * same order again goes on with what is left.
     */
    INCOMPLETE,
    /** It was refused, and nothing was changed. */
    REFUSED,
    /** No transaction of that id is in doubt. */
    NOT_FOUND
  }

  static TransactionResult refused(String gtrid, String reason) {
    return new TransactionResult(gtrid, Outcome.REFUSED, reason, List.of());
  }
}
