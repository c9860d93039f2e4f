package dev.handfast.xa.recovery;

import java.time.Duration;

/** Recovery as an operator sees it. Safe for use by many threads. */
public interface Recovery {

  /** The state at this moment; does not talk to a resource manager. */
  Status status();

  /**
   * Runs recovery now, until nothing is unresolved or the time is up; one pass at least, which may
   * take longer. Waits for a pass that is running.
   *
   * @return what was done in that time, and what is left
   */
  RecoveryReport recover(Duration timeout);
}
