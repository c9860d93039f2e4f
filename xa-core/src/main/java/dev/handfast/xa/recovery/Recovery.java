package dev.handfast.xa.recovery;

import java.time.Duration;

/** What an operator may see of recovery, and order. Safe for use by many threads. */
public interface Recovery {

  /** Returns the state of the node at this moment, without a call to a resource manager. */
  Status status();

  /**
   * Runs recovery now, until nothing is unresolved or the time is up. At least one pass is made,
   * which may take longer than that time; a pass that is running is waited for.
   *
   * @return what was done in that time, and what is left
   */
  RecoveryReport recover(Duration timeout);

  /**
   * Returns what is in doubt, as the lists of the resource managers, the log and the running
   * transactions tell together. All resource managers are asked at once, under the recovery call
   * timeout. This waits for no pass that is running, and changes nothing.
   *
   * @throws IllegalArgumentException if the filter names a resource that is not known
   */
  InDoubt inDoubt(Filter filter);

  /** Tells what an order would do, or why it would be refused. Nothing is changed. */
  ActionReport preview(Action action, Selection selection);

  /**
   * Commits every prepared branch of the selected transactions, each transaction between two passes
   * of recovery, and reports the answers of the resource managers. If an order stopped half-way,
   * the same order again goes on with what is left. A transaction that recovery or another order
   * has changed since the order was recorded is left, and incomplete.
   *
   * <p>The order is refused and nothing is changed if evidence speaks against it, unless the
   * selection is forced. It is always refused for running transactions, for those of other nodes
   * and transaction managers, and if the audit log cannot be written within the recovery call
   * timeout. Recovery does not wait for that.
   *
   * @param reason the operator's own words, for the audit log
   * @throws IllegalStateException if the runtime is closed
   */
  ActionReport commit(Selection selection, String reason);

  /**
   * Rolls back every prepared branch of the selected transactions; everything else is as for {@link
   * #commit}.
   */
  ActionReport rollback(Selection selection, String reason);

  /**
   * Lets the resource managers forget the branches that they ended on their own, and strikes these
   * off the log. Gives up a record that cannot be read, once none of its branches is in doubt any
   * more. Everything else is as for {@link #commit}.
   */
  ActionReport forget(Selection selection, String reason);

  /**
   * Accepts the resource manager that is now behind a name, although decided branches wait for
   * another one. Branches that the new one does not know are then taken for finished.
   */
  ActionReport acceptResource(String name, String reason);

  /**
   * Accepts a log store that was found lost, copied or restored. Branches of earlier starts that
   * its log does not name are then rolled back.
   */
  ActionReport acceptStore(String reason);
}
