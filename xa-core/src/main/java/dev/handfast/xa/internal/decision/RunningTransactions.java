package dev.handfast.xa.internal.decision;

import dev.handfast.xa.spi.Gtrid;
import java.util.Collection;
import java.util.Set;

/**
 * Which transactions run in this process. Asked after the resource managers were listed and before
 * the log is: a transaction that is over by then has its decision in the log, or its branches are
 * finished. Safe for use by many threads.
 */
@FunctionalInterface
public interface RunningTransactions {

  /** Those of the given transactions that are not over at this moment. */
  Set<Gtrid> among(Collection<Gtrid> transactions);

  /** The label of one that runs; empty if it has none. */
  default String label(Gtrid transaction) {
    return "";
  }

  /** Whether one transaction is not over at this moment. */
  default boolean contains(Gtrid transaction) {
    return !among(Set.of(transaction)).isEmpty();
  }
}
