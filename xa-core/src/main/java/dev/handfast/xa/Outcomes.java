package dev.handfast.xa;

import dev.handfast.xa.HeuristicOutcomeException.Outcome;
import dev.handfast.xa.internal.transaction.Completion;
import dev.handfast.xa.internal.transaction.Completion.Committed;
import dev.handfast.xa.internal.transaction.Completion.Heuristic;
import dev.handfast.xa.internal.transaction.Completion.RolledBack;
import dev.handfast.xa.internal.transaction.LiveTransaction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Throws the exception that tells the application how its transaction ended, if it did not end as
 * asked.
 */
final class Outcomes {

  private Outcomes() {}

  /** The exception, or null for a commit. */
  static @Nullable RuntimeException of(LiveTransaction transaction, Completion end) {
    if (end instanceof RolledBack rolledBack) {
      return new RolledBackException(
          transaction.gtrid().hex(),
          rolledBack.resource(),
          "The " + transaction + " was rolled back: " + rolledBack.reason(),
          rolledBack.cause());
    }
    return end instanceof Heuristic heuristic ? exception(transaction, heuristic) : null;
  }

  static void requireCommitted(LiveTransaction transaction, Completion end) {
    RuntimeException told = of(transaction, end);
    if (told != null) {
      throw told;
    }
  }

  static void requireRolledBack(LiveTransaction transaction, Completion end) {
    if (end instanceof Heuristic heuristic) {
      throw exception(transaction, heuristic);
    }
    if (end instanceof Committed) {
      throw new IllegalStateException("The " + transaction + " was committed, not rolled back");
    }
  }

  private static HeuristicOutcomeException exception(LiveTransaction transaction, Heuristic end) {
    Outcome outcome = Outcome.valueOf(end.kind().name());
    String branches =
        end.branches().stream()
            .map(branch -> "'" + branch.resource() + "' " + branch.state())
            .collect(Collectors.joining(", "));
    String message =
        "The outcome of "
            + transaction
            + " is "
            + meaning(outcome)
            + (end.reason().isEmpty() ? "" : ": " + end.reason())
            + "; its branches: "
            + branches;
    return new HeuristicOutcomeException(
        transaction.gtrid().hex(), outcome, end.branches(), message, end.cause());
  }

  private static String meaning(Outcome outcome) {
    return switch (outcome) {
      case MIXED -> "mixed: some branches committed, others rolled back";
      case ROLLBACK -> "a rollback that the resources decided on their own";
      case COMMIT -> "a commit that the resources decided on their own";
      case HAZARD -> "in danger: a resource may have ended its branch on its own";
      case UNKNOWN -> "unknown";
    };
  }
}
