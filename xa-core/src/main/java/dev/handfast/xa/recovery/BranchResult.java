package dev.handfast.xa.recovery;

import java.util.Objects;

/**
 * What an order did to one branch.
 *
 * @param resource the resource's name
 * @param bqual the branch qualifier in hexadecimal
 * @param outcome what is known of it now
 * @param answer the resource manager's own answer, for a reader
 */
public record BranchResult(String resource, String bqual, Outcome outcome, String answer) {

  public BranchResult {
    Objects.requireNonNull(resource);
    Objects.requireNonNull(bqual);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(answer);
  }

  /** What is known of a branch after an order. */
  public enum Outcome {
    /** The resource manager has committed it. */
    COMMITTED,
    /** The resource manager has rolled it back. */
    ROLLED_BACK,
    /** The resource manager has given up what it kept of an outcome of its own. */
    FORGOTTEN,
    /** The resource manager has ended it on its own; the answer says how. */
    HEURISTIC,
    /** The resource manager does not know it: it may have been ended before. */
    NOT_KNOWN,
    /** The resource manager could not be asked, or gave no clear answer. */
    UNREACHABLE,
    /** It was left prepared, because others must commit before it; the answer names them. */
    WAITING,
    /** It was left as it is. */
    UNTOUCHED,
    /**
     * The resource manager lists it and says that it does not know it: a live session of it holds
     * the branch, which stays prepared until that is over. Recovery tries again.
     */
    HELD
  }

  /** Returns true if the order has nothing left to do on this branch. */
  public boolean isDone() {
    return switch (outcome) {
      case UNREACHABLE, WAITING, HELD -> false;
      case COMMITTED, ROLLED_BACK, FORGOTTEN, HEURISTIC, NOT_KNOWN, UNTOUCHED -> true;
    };
  }
}
