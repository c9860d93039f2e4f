package dev.handfast.xa;

import dev.handfast.xa.HeuristicOutcomeException.Outcome;
import dev.handfast.xa.internal.narayana.Completion;
import dev.handfast.xa.internal.narayana.Completion.Committed;
import dev.handfast.xa.internal.narayana.Completion.Heuristic;
import dev.handfast.xa.internal.narayana.Completion.RolledBack;
import dev.handfast.xa.internal.narayana.LiveTransaction;
import java.util.stream.Collectors;

/**
 * Throws the exception that tells the application how its transaction ended, if it did not end as
 * asked.
 */
final class Outcomes {

  private Outcomes() {}

  static void requireCommitted(LiveTransaction transaction, Completion end) {
    if (end instanceof RolledBack rolledBack) {
      throw new RolledBackException(
          transaction.gtrid().hex(),
          rolledBack.resource(),
          "The " + transaction + " was rolled back: " + rolledBack.reason(),
          rolledBack.cause());
    }
    if (end instanceof Heuristic heuristic) {
      throw exception(transaction, heuristic);
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
        "The outcome of " + transaction + " is " + meaning(outcome) + "; its branches: " + branches;
    return new HeuristicOutcomeException(
        transaction.gtrid().hex(), outcome, end.branches(), message, end.cause());
  }

  private static String meaning(Outcome outcome) {
    return switch (outcome) {
      case MIXED -> "mixed: some branches committed, others rolled back";
      case ROLLBACK -> "a rollback that the resources decided on their own";
      case COMMIT -> "a commit that the resources decided on their own";
      case HAZARD -> "in danger: a resource may have ended its branch on its own";
      case UNKNOWN -> "unknown: the answer to its one-phase commit did not come";
    };
  }
}
