package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.rm.ResourceManagers;
import dev.handfast.xa.internal.rm.RmFacade;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.BranchResult;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.spi.CommitRank;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The order of commits within one operator's order: by rank, as recovery and the runtime do it. */
final class CommitSequence {

  private final ResourceManagers resources;

  CommitSequence(ResourceManagers resources) {
    this.resources = resources;
  }

  /** What a branch waits for while others have not committed, for a reader. */
  static String notCommitted(List<String> resources) {
    return "'"
        + String.join("' and '", resources)
        + "', which "
        + (resources.size() == 1 ? "has" : "have")
        + " not committed yet";
  }

  private CommitRank rank(String resource) {
    return resources.commitRank(resource);
  }

  /** The branches in the order in which an order comes to them. */
  List<InDoubtBranch> of(InDoubtTransaction transaction) {
    return transaction.branches().stream()
        .sorted(Comparator.comparing(branch -> rank(branch.resource())))
        .toList();
  }

  /**
   * Whom a branch would be committed before.
   *
   * @param open whether a branch has not answered
   * @param unreachable the resource managers that could not be asked: without a decision in the log
   *     nobody knows what the transaction has there
   * @return resources of lower rank; empty if it may be committed now
   */
  List<String> before(
      InDoubtTransaction transaction,
      String resource,
      Predicate<InDoubtBranch> open,
      List<String> unreachable) {
    Stream<String> known =
        transaction.branches().stream().filter(open).map(InDoubtBranch::resource);
    Stream<String> perhaps =
        transaction.decision() == Decision.COMMIT ? Stream.empty() : unreachable.stream();
    return Stream.concat(known, perhaps)
        .filter(other -> rank(other).compareTo(rank(resource)) < 0)
        .distinct()
        .toList();
  }

  /**
   * Why an order would commit a branch alone, before those that it ought to come after; or empty.
   */
  String refusal(Action action, InDoubtTransaction transaction, List<String> unreachable) {
    if (action != Action.COMMIT) {
      return "";
    }
    for (InDoubtBranch branch : transaction.branches()) {
      List<String> before =
          before(transaction, branch.resource(), CommitSequence::isOpen, unreachable);
      if (isPrepared(branch) && !before.isEmpty() && !hasEarlier(transaction, branch)) {
        return "It would commit '"
            + branch.resource()
            + "' before "
            + notCommitted(before)
            + ", as far as is known.";
      }
    }
    return "";
  }

  /** The same transaction; among the orders that need no force is no commit that is refused. */
  InDoubtTransaction withoutRefused(InDoubtTransaction found, List<String> unreachable) {
    if (!found.actions().contains(Action.COMMIT)
        || refusal(Action.COMMIT, found, unreachable).isEmpty()) {
      return found;
    }
    Set<Action> others = EnumSet.copyOf(found.actions());
    others.remove(Action.COMMIT);
    return new InDoubtTransaction(
        found.gtrid(),
        found.uid(),
        found.formatId(),
        found.node(),
        found.decision(),
        found.state(),
        found.since(),
        found.sinceSource(),
        others,
        found.branches());
  }

  /** Whether the order has something to commit first, whose answer then tells how it goes on. */
  private boolean hasEarlier(InDoubtTransaction transaction, InDoubtBranch branch) {
    return transaction.branches().stream()
        .filter(other -> isPrepared(other) && isReachable(other.resource()))
        .anyMatch(other -> rank(other.resource()).compareTo(rank(branch.resource())) < 0);
  }

  private boolean isReachable(String resource) {
    RmFacade rm = resources.find(resource);
    return rm != null && rm.isReachable();
  }

  private static boolean isPrepared(InDoubtBranch branch) {
    return branch.state() == InDoubtBranch.State.PREPARED;
  }

  private static boolean isOpen(InDoubtBranch branch) {
    return branch.state() != InDoubtBranch.State.FINISHED && !branch.state().isHeuristic();
  }

  /** Whether a branch is answered after an order came to it. */
  static boolean isAnswered(InDoubtBranch branch, BranchResult result) {
    return switch (result.outcome()) {
      case COMMITTED, ROLLED_BACK, FORGOTTEN, HEURISTIC -> true;
      case NOT_KNOWN, UNREACHABLE, WAITING, HELD -> false;
      case UNTOUCHED -> !isOpen(branch);
    };
  }
}
