package dev.handfast.xa.internal.log.record;

import dev.handfast.xa.spi.Gtrid;
import java.time.Instant;
import java.util.List;

/**
 * Our own section of a log record: what was decided, readable without the transaction manager that
 * wrote the rest.
 *
 * @param gtrid the global transaction id
 * @param commit whether it is to be committed; else it is kept for its heuristic branches alone
 * @param kind who knew of its branches
 * @param startId the start that decided
 * @param time of the first write
 * @param label that the application gave the transaction, at most 64 bytes; empty if it gave none
 * @param branches those that are not known to be finished
 * @param finished those that were finished while others were not, for the operator's eye
 */
public record DecisionRecord(
    Gtrid gtrid,
    boolean commit,
    Kind kind,
    int startId,
    Instant time,
    String label,
    List<LoggedBranch> branches,
    List<LoggedBranch> finished) {

  /** Who knew of the branches of the transaction. */
  public enum Kind {
    /** The transaction itself: it names all of them. */
    TAKEN,
    /** An operator, who decided on all of them, those that nobody could see as well. */
    ORDERED
  }

  public DecisionRecord {
    branches = List.copyOf(branches);
    finished = List.copyOf(finished);
  }

  /** A decision that has reached none of its branches yet. */
  public DecisionRecord(
      Gtrid gtrid, boolean commit, int startId, Instant time, List<LoggedBranch> branches) {
    this(gtrid, commit, Kind.TAKEN, startId, time, "", branches, List.of());
  }

  /** The same decision with what is left of its branches, and what is not. */
  public DecisionRecord with(List<LoggedBranch> left, List<LoggedBranch> done) {
    return new DecisionRecord(gtrid, commit, kind, startId, time, label, left, done);
  }

  /** What is left when the decision to commit is taken back. */
  public DecisionRecord takenBack(List<LoggedBranch> left) {
    return new DecisionRecord(gtrid, false, kind, startId, time, label, left, finished);
  }

  /** Whether it is of branches as well that it does not name. */
  public boolean isOrdered() {
    return kind == Kind.ORDERED;
  }

  /** Whether a branch is among those that are not known to be finished. */
  public boolean names(String bqual) {
    return branches.stream().anyMatch(branch -> branch.bqual().equals(bqual));
  }

  /** True if nothing but an operator's order can change what is left. */
  public boolean waitsForOperator() {
    return !branches.isEmpty() && branches.stream().allMatch(LoggedBranch::isHeuristic);
  }
}
