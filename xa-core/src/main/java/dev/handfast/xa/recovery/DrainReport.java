package dev.handfast.xa.recovery;

/**
 * What a drain left running and in doubt.
 *
 * @param running transactions that were still running when the time was up
 * @param recovery what recovery did, and what it left in doubt
 */
public record DrainReport(int running, RecoveryReport recovery) {

  /** True if nothing runs, every resource was asked and nothing is in doubt. */
  public boolean isComplete() {
    return running == 0 && recovery.isComplete();
  }
}
