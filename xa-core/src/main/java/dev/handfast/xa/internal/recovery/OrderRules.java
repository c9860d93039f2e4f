package dev.handfast.xa.internal.recovery;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import java.util.List;

/** What an operator may order, and why not. */
final class OrderRules {

  private static final String FORCE = " To do it all the same, order it with force.";

  private OrderRules() {}

  /** Why an order may not be carried out on a transaction; empty if it may. */
  static String refusal(
      Action action, InDoubtTransaction transaction, boolean force, List<String> unreachable) {
    switch (transaction.state()) {
      case ACTIVE -> {
        return "It is running: its application ends it.";
      }
      case FOREIGN -> {
        return "It is not this node's: only its own transaction manager knows its decision.";
      }
      default -> {}
    }
    if (isGuess(action, transaction) && !unreachable.isEmpty()) {
      return "No decision was logged, so recovery rolls back what it finds of it on "
          + unreachable
          + " later, while this order commits the rest. To solve this, bring them back first.";
    }
    if (action == Action.ROLLBACK && transaction.decision() == Decision.COMMIT) {
      List<String> away = away(transaction);
      if (!away.isEmpty()) {
        return "The log holds the decision to commit it, so recovery commits its branches on "
            + away
            + " later, while this order rolls back the rest. To solve this, bring them back first.";
      }
    }
    if (transaction.actions().contains(action)) {
      return "";
    }
    return force ? forced(action, transaction) : against(action, transaction) + FORCE;
  }

  private static List<String> away(InDoubtTransaction transaction) {
    return transaction.branches().stream()
        .filter(branch -> branch.state() == InDoubtBranch.State.UNREACHABLE)
        .map(branch -> "'" + branch.resource() + "'")
        .distinct()
        .toList();
  }

  private static boolean isGuess(Action action, InDoubtTransaction transaction) {
    return action == Action.COMMIT && transaction.decision() == Decision.ROLLBACK;
  }

  /** Force overrules evidence, but there must be something to do. */
  private static String forced(Action action, InDoubtTransaction transaction) {
    if (action != Action.FORGET && !has(transaction, InDoubtBranch.State.PREPARED)) {
      return "No reachable resource manager lists a prepared branch of it: there is nothing to "
          + (action == Action.COMMIT ? "commit." : "roll back.");
    }
    boolean open =
        transaction.branches().stream()
            .noneMatch(
                branch ->
                    branch.state().isHeuristic() || branch.state() == InDoubtBranch.State.UNKNOWN);
    return action == Action.FORGET && open && !transaction.branches().isEmpty()
        ? "Its branches are prepared or cannot be asked, and would be lost with the log's record of"
            + " them. To solve this, commit or roll them back."
        : "";
  }

  private static String against(Action action, InDoubtTransaction transaction) {
    return switch (action) {
      case COMMIT -> againstCommit(transaction);
      case ROLLBACK -> againstRollback(transaction);
      default ->
          "No resource manager has ended a branch of it on its own: there is nothing to forget.";
    };
  }

  private static String againstCommit(InDoubtTransaction transaction) {
    if (has(transaction, InDoubtBranch.State.HEURISTIC_ROLLBACK)) {
      return "A branch of it was rolled back by its resource manager.";
    }
    return transaction.decision() == Decision.ROLLBACK
        ? "Its votes are not complete or it was rolled back: the log, which is whole, holds no"
            + " decision to commit it."
        : "No resource manager lists a prepared branch of it.";
  }

  private static String againstRollback(InDoubtTransaction transaction) {
    if (transaction.decision() == Decision.COMMIT) {
      return "The log holds the decision to commit it, and some of its branches may be committed.";
    }
    return has(transaction, InDoubtBranch.State.HEURISTIC_COMMIT)
        ? "A branch of it was committed by its resource manager."
        : "No resource manager lists a prepared branch of it.";
  }

  private static boolean has(InDoubtTransaction transaction, InDoubtBranch.State state) {
    return transaction.branches().stream().anyMatch(branch -> branch.state() == state);
  }
}
