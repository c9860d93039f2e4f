package dev.handfast.xa.internal.log;

import java.time.Instant;
import java.util.List;

/**
 * Our own section of a log record: what was decided, readable without the transaction manager that
 * wrote the rest.
 *
 * @param gtrid the global transaction id in hexadecimal
 * @param commit whether it is to be committed; else it is kept for its heuristic branches alone
 * @param startId the start that decided
 * @param time of the first write
 * @param branches those that are not known to be finished
 */
public record Decision(
    String gtrid, boolean commit, int startId, Instant time, List<LoggedBranch> branches) {

  public Decision {
    branches = List.copyOf(branches);
  }

  /** The same decision with what is left of its branches. */
  public Decision with(List<LoggedBranch> left) {
    return new Decision(gtrid, commit, startId, time, left);
  }

  /** True if nothing but an operator's order can change what is left. */
  public boolean waitsForOperator() {
    return !branches.isEmpty() && branches.stream().allMatch(LoggedBranch::isHeuristic);
  }
}
