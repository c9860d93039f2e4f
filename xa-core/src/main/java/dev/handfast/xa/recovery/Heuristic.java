package dev.handfast.xa.recovery;

/** How a resource manager ended a branch on its own. */
public enum Heuristic {
  /** It committed the branch, {@code XA_HEURCOM}. */
  COMMIT,
  /** It rolled the branch back, {@code XA_HEURRB}. */
  ROLLBACK,
  /** It committed a part of the branch, {@code XA_HEURMIX}. */
  MIXED,
  /**
   * It may have done any of that, {@code XA_HEURHAZ}, or the branch is gone and nobody knows why.
   */
  HAZARD
}
