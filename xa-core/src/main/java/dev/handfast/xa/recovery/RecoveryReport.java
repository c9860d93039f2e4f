package dev.handfast.xa.recovery;

import java.time.Duration;
import java.util.List;

/**
 * What a run of recovery found and did.
 *
 * @param committed branches committed because the log holds the decision
 * @param rolledBack branches rolled back because no decision was logged
 * @param unresolved branches that are still in doubt
 * @param unreachable resources that could not be asked, whose branches are not counted
 * @param duration how long it took
 */
public record RecoveryReport(
    int committed, int rolledBack, int unresolved, List<String> unreachable, Duration duration) {

  public RecoveryReport {
    unreachable = List.copyOf(unreachable);
  }

  /** Returns true if every resource was asked and nothing is in doubt. */
  public boolean isComplete() {
    return unresolved == 0 && unreachable.isEmpty();
  }

  /**
   * Joins this report with a later one: what was done is added up, and what is left is that of the
   * later one.
   */
  public RecoveryReport then(RecoveryReport later) {
    return new RecoveryReport(
        committed + later.committed,
        rolledBack + later.rolledBack,
        later.unresolved,
        later.unreachable,
        duration.plus(later.duration));
  }
}
