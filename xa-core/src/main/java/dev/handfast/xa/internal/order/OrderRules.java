package dev.handfast.xa.internal.order;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import java.util.List;

/** What an operator may order, and why not. */
final class OrderRules {

  private static final String FORCE = " To do it all the same, order it with force.";

  private final CommitSequence sequence;

  OrderRules(CommitSequence sequence) {
    this.sequence = sequence;
  }

  /** Why an order may not be carried out on a transaction; empty if it may. */
  String refusal(
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
    if (overrules(action, transaction)) {
      String split = split(action, transaction, unreachable);
      if (!split.isEmpty()) {
        return split;
      }
    }
    String alone = force ? "" : sequence.refusal(action, transaction, unreachable);
    if (!alone.isEmpty()) {
      return alone + FORCE;
    }
    if (transaction.actions().contains(action)) {
      return "";
    }
    return force ? forced(action, transaction) : against(action, transaction) + FORCE;
  }

  /** Whether an order says what the log does not. */
  static boolean isNews(Action action, InDoubtTransaction transaction) {
    return overrules(action, transaction)
        || (action != Action.FORGET && transaction.decision() == Decision.UNKNOWN);
  }

  /** Whether an order is against what the log says. */
  static boolean overrules(Action action, InDoubtTransaction transaction) {
    return switch (action) {
      case COMMIT -> transaction.decision() == Decision.ROLLBACK;
      case ROLLBACK -> transaction.decision() == Decision.COMMIT;
      default -> false;
    };
  }

  /**
   * Why an order against the log would end some branches one way and others the other; or empty.
   */
  private static String split(
      Action action, InDoubtTransaction transaction, List<String> unreachable) {
    boolean commit = action == Action.COMMIT;
    List<String> away = commit ? unreachable : away(transaction);
    if (away.isEmpty()) {
      return "";
    }
    return (commit
            ? "No decision was logged, and what it has on " + away + " is not known,"
            : "The log holds the decision to commit it, and its branches on "
                + away
                + " may be committed already,")
        + " while this order "
        + (commit ? "commits" : "rolls back")
        + " the rest. To solve this, bring them back first.";
  }

  private static List<String> away(InDoubtTransaction transaction) {
    return transaction.branches().stream()
        .filter(branch -> branch.state() == InDoubtBranch.State.UNREACHABLE)
        .map(branch -> "'" + branch.resource() + "'")
        .distinct()
        .toList();
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
