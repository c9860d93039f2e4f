package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.log.record.UndecidedException;
import dev.handfast.xa.internal.rm.ResourceManagers;
import dev.handfast.xa.internal.rm.RmFacade;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.BranchResult;
import dev.handfast.xa.recovery.BranchResult.Outcome;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.XidKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans an operator's orders, and carries them out on one transaction. To be called in a turn
 * between two passes: these never interleave. A crash in the middle is safe: the same order again
 * goes on where it stopped.
 */
final class Orders {

  private static final MessageLog LOG = MessageLog.of(Orders.class);

  private static final String UNLOGGED =
      "It was not logged, and nothing has changed: it can be ordered again. ";
  private static final String UNDECIDED =
      "Whether it is logged shows after the next start; nothing of it was sent to a resource"
          + " manager. ";

  private final InDoubtView view;
  private final Decisions decisions;
  private final ResourceManagers resources;
  private final CommitSequence sequence;
  private final OrderRules rules;

  Orders(InDoubtView view, Decisions decisions, ResourceManagers resources) {
    this.view = view;
    this.decisions = decisions;
    this.resources = resources;
    this.sequence = new CommitSequence(resources);
    this.rules = new OrderRules(sequence);
  }

  /**
   * What an order would do.
   *
   * @param found the transactions that it is for
   * @param report with a refusal, or with what would be done
   */
  record Plan(InDoubt found, ActionReport report) {}

  /** Looks, and changes nothing. */
  Plan plan(Action action, Selection selection) {
    return plan(action, selection, view.look(selection.filter()));
  }

  /** As {@link #plan(Action, Selection)}, after every resource manager was listed and checked. */
  Plan inspect(Action action, Selection selection) {
    return plan(action, selection, view.join(selection.filter(), resources.inspect()));
  }

  private Plan plan(Action action, Selection selection, InDoubt found) {
    List<TransactionResult> results = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (InDoubtTransaction transaction : found.transactions()) {
      String refusal = rules.refusal(action, transaction, selection.force(), found.unreachable());
      results.add(planned(transaction, refusal));
      if (!refusal.isEmpty()) {
        refusals.add(transaction.gtrid() + ": " + refusal);
      }
    }
    results.addAll(missing(selection, found));
    return new Plan(
        found,
        new ActionReport(
            action, results, refusal(selection, found, refusals), found.unreachable()));
  }

  private static String refusal(Selection selection, InDoubt found, List<String> refusals) {
    int expected = selection.expected().orElse(found.transactions().size());
    if (expected != found.transactions().size()) {
      return "Expected were "
          + expected
          + " transactions, found are "
          + found.transactions().size()
          + ". To solve this, look again.";
    }
    return refusals.isEmpty()
        ? ""
        : refusals.get(0)
            + (refusals.size() > 1 ? " (and " + (refusals.size() - 1) + " more)" : "");
  }

  private static TransactionResult planned(InDoubtTransaction transaction, String refusal) {
    return new TransactionResult(
        transaction.gtrid(),
        refusal.isEmpty() ? TransactionResult.Outcome.DONE : TransactionResult.Outcome.REFUSED,
        refusal,
        transaction.branches().stream()
            .map(branch -> BranchOrders.result(branch, Outcome.UNTOUCHED, branch.state().name()))
            .toList());
  }

  private static List<TransactionResult> missing(Selection selection, InDoubt found) {
    Set<String> missing = new HashSet<>(selection.filter().gtrids());
    found.transactions().forEach(transaction -> missing.remove(transaction.gtrid()));
    String where =
        found.unreachable().isEmpty()
            ? "Nothing of it is in doubt"
            : "Nothing of it was found, and " + found.unreachable() + " could not be asked";
    return missing.stream()
        .sorted()
        .map(
            gtrid ->
                new TransactionResult(gtrid, TransactionResult.Outcome.NOT_FOUND, where, List.of()))
        .toList();
  }

  static TransactionResult incomplete(InDoubtTransaction transaction, String why) {
    return new TransactionResult(
        transaction.gtrid(), TransactionResult.Outcome.INCOMPLETE, why, List.of());
  }

  /** What goes wrong with one transaction, the log perhaps, does not hide what was done. */
  static TransactionResult failed(InDoubtTransaction transaction, RuntimeException why) {
    LOG.debugf(why, "An order for transaction %s failed", transaction.gtrid());
    return incomplete(transaction, "It failed: " + why.getMessage());
  }

  /** Carries an order out on one of the transactions that it was planned for. */
  TransactionResult carryOut(Action action, InDoubtTransaction transaction, boolean force) {
    if (OrderRules.isNews(action, transaction)) {
      try {
        decide(action, transaction);
      } catch (UndecidedException e) {
        return incomplete(transaction, UNDECIDED + e.getMessage());
      } catch (LogStoreException e) {
        return incomplete(transaction, UNLOGGED + e.getMessage());
      }
    }
    List<BranchResult> results =
        action == Action.FORGET ? forget(transaction, force) : finish(action, transaction, force);
    String left = action == Action.FORGET ? release(transaction, force) : "";
    Gtrid gtrid = Gtrid.parse(transaction.gtrid());
    decisions.clearIfFinished(gtrid, resources.hasLeftAll(gtrid));
    List<String> open = new ArrayList<>();
    results.stream()
        .filter(result -> !result.isDone())
        .forEach(result -> open.add("'" + result.resource() + "': " + result.answer()));
    if (decisions.isOrdered(gtrid) && open.isEmpty()) {
      open.add(unreached());
    }
    String reason = left.isEmpty() ? String.join("; ", open) : left;
    return new TransactionResult(
        transaction.gtrid(),
        reason.isEmpty() ? TransactionResult.Outcome.DONE : TransactionResult.Outcome.INCOMPLETE,
        reason,
        results);
  }

  /** Why an order that is logged stays so. */
  private String unreached() {
    List<String> unasked = resources.unasked();
    return unasked.isEmpty()
        ? "a branch of it is still listed"
        : "not every resource manager could be asked: "
            + unasked
            + "; what it has of the transaction follows when it is back";
  }

  /** With what the order could not reach, recovery would go on as the log said before. */
  private void decide(Action action, InDoubtTransaction transaction) {
    decisions.order(
        Gtrid.parse(transaction.gtrid()),
        action == Action.COMMIT,
        transaction.branches().stream()
            .filter(branch -> branch.state() == InDoubtBranch.State.PREPARED)
            .map(branch -> new LoggedBranch(branch.resource(), branch.bqual()))
            .toList());
  }

  private static XidKey key(InDoubtTransaction transaction, InDoubtBranch branch) {
    return new XidKey(transaction.formatId(), transaction.gtrid(), branch.bqual());
  }

  /** Commits in the order of ranks, which force overrules; what must wait is left as it is. */
  private List<BranchResult> finish(Action action, InDoubtTransaction transaction, boolean force) {
    List<BranchResult> results = new ArrayList<>();
    Set<InDoubtBranch> open = new HashSet<>(transaction.branches());
    for (InDoubtBranch branch : sequence.of(transaction)) {
      List<String> before =
          action != Action.COMMIT || force
              ? List.of()
              : sequence.before(
                  transaction, branch.resource(), open::contains, resources.unreachable());
      BranchResult result = finish(action, transaction, branch, before);
      results.add(result);
      if (CommitSequence.isAnswered(branch, result)) {
        open.remove(branch);
      }
    }
    return results;
  }

  private BranchResult finish(
      Action action, InDoubtTransaction transaction, InDoubtBranch branch, List<String> before) {
    if (branch.state() != InDoubtBranch.State.PREPARED
        && branch.state() != InDoubtBranch.State.UNREACHABLE) {
      return BranchOrders.result(branch, Outcome.UNTOUCHED, branch.state().name());
    }
    if (!before.isEmpty()) {
      return BranchOrders.result(
          branch, Outcome.WAITING, "it waits for " + CommitSequence.notCommitted(before));
    }
    return BranchOrders.run(
        action, resources.find(branch.resource()), branch, key(transaction, branch));
  }

  private List<BranchResult> forget(InDoubtTransaction transaction, boolean force) {
    return transaction.branches().stream()
        .map(branch -> forget(transaction, branch, force))
        .toList();
  }

  private BranchResult forget(InDoubtTransaction transaction, InDoubtBranch branch, boolean force) {
    XidKey key = key(transaction, branch);
    RmFacade rm = resources.find(branch.resource());
    boolean alone = branch.state().isHeuristic();
    if (alone && (rm != null || !force)) {
      BranchResult result = BranchOrders.run(Action.FORGET, rm, branch, key);
      if (result.isDone()) {
        decisions.strike(key);
      }
      return result;
    }
    if (alone || (force && branch.state() == InDoubtBranch.State.UNKNOWN)) {
      decisions.strike(key);
      return BranchOrders.result(branch, Outcome.FORGOTTEN, "struck off the log by force");
    }
    return BranchOrders.result(branch, Outcome.UNTOUCHED, branch.state().name());
  }

  /** Gives up the record that cannot be read, and its copies; why not, or empty. */
  private String release(InDoubtTransaction transaction, boolean force) {
    Gtrid gtrid = Gtrid.parse(transaction.gtrid());
    Optional<DamagedRecord> unreadable =
        decisions.quarantine().records().stream()
            .filter(record -> record.gtrid().equals(gtrid))
            .findFirst();
    if (unreadable.isEmpty()) {
      return "";
    }
    boolean open =
        transaction.branches().stream()
            .anyMatch(branch -> branch.state() == InDoubtBranch.State.PREPARED);
    boolean all =
        resources.names().containsAll(decisions.identities().names())
            && resources.unreachable().isEmpty();
    if (!force && (open || !all)) {
      return "Its record "
          + unreadable.get().place()
          + " is kept, because "
          + (open ? "it has prepared branches" : "not every resource manager could be asked");
    }
    decisions.quarantine().release(unreadable.get());
    return "";
  }
}
