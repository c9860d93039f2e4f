package dev.handfast.xa.spi;

/**
 * The order in which the resource managers (RMs) of one transaction are told to commit: a branch of
 * a higher rank is told only when every branch of a lower rank of the same transaction has
 * answered, be it with an outcome of its RM's own. Without an answer it stays prepared, and
 * recovery commits it when the answer has come. So what an RM of a higher rank hands on is never
 * seen before what stands in those of a lower rank. Rollbacks have no order.
 *
 * <p>The ranks stand from the lowest to the highest.
 */
public enum CommitRank {
  /** Told first: what others look up when they have been told. */
  DATABASE,
  /** Told after every database: what tells others, who then look up what they were told of. */
  BROKER
}
