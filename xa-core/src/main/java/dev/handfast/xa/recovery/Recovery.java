package dev.handfast.xa.recovery;

import java.time.Duration;

/** Recovery as an operator sees it. Safe for use by many threads. */
public interface Recovery {

  /** The state at this moment; does not talk to a resource manager. */
  Status status();

  /**
   * Runs recovery now, until nothing is unresolved or the time is up; one pass at least, which may
   * take longer. Waits for a pass that is running.
   *
   * @return what was done in that time, and what is left
   */
  RecoveryReport recover(Duration timeout);

  /**
   * What is in doubt: the lists of the resource managers, the log and the running transactions
   * joined. Asks the resource managers, all at once, under the recovery call timeout; does not wait
   * for a pass that is running, and changes nothing.
   */
  InDoubt inDoubt(Filter filter);

  /** What an order would do, or why it would be refused; changes nothing. */
  ActionReport preview(Action action, Selection selection);

  /**
   * Commits every branch of the selected transactions that is prepared. Between two passes; the
   * answers of the resource managers are what is reported. The same order again goes on where one
   * stopped.
   *
   * <p>Refused, with nothing changed, where it contradicts evidence, unless forced; always for
   * running transactions and for those of other nodes and transaction managers, and if the audit
   * log cannot be written.
   *
   * @param reason the operator's own words, for the audit log
   */
  ActionReport commit(Selection selection, String reason);

  /** Rolls back; else as {@link #commit}. */
  ActionReport rollback(Selection selection, String reason);

  /**
   * Lets the resource managers forget what they ended on their own and strikes it off the log;
   * gives a record up that cannot be read, once none of its branches is in doubt any more. Else as
   * {@link #commit}.
   */
  ActionReport forget(Selection selection, String reason);

  /**
   * Believes the resource manager that is now behind a name, although it is another than the one
   * that decided branches wait for: one that does not know them has then finished them.
   */
  ActionReport acceptResource(String name, String reason);

  /**
   * Believes a log store that was found lost, copied or restored: branches of earlier starts that
   * it does not name are then rolled back.
   */
  ActionReport acceptStore(String reason);
}
