package dev.handfast.xa.spi;

import javax.transaction.xa.Xid;

/**
 * The Xids of branches by which one resource manager is tried out: they belong to no transaction,
 * are never committed, and are rolled back by whoever made them. Those of a process that ended in
 * between carry the name of this node and its log store, by which they are known again. Safe for
 * use by many threads.
 */
public interface Probes {

  /** Returns a new one. */
  Xid next();

  /**
   * Tells whether a listed Xid is a probe of this node that was left behind: of an earlier start,
   * or of this resource in this process. Whoever asks has none under way, and may roll it back;
   * recovery does so in each pass.
   */
  boolean isLeftBehind(Xid listed);
}
