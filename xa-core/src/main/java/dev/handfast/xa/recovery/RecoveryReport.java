package dev.handfast.xa.recovery;

import java.time.Duration;

/**
 * What a run of recovery found and did.
 *
 * @param committed branches committed because the log holds the decision
 * @param rolledBack branches rolled back because no decision was logged
 * @param unresolved branches that are still in doubt
 * @param duration how long it took
 */
public record RecoveryReport(int committed, int rolledBack, int unresolved, Duration duration) {

  /** This report and a later one as one: the counts of both, and what the later one left. */
  public RecoveryReport then(RecoveryReport later) {
    return new RecoveryReport(
        committed + later.committed,
        rolledBack + later.rolledBack,
        later.unresolved,
        duration.plus(later.duration));
  }
}
