package dev.handfast.xa.artemis;

/**
 * A delivery that failed.
 *
 * @param exception what was thrown, in words
 * @param gtrid of its transaction
 * @param lastDone the last thing that was done in it
 */
record Incident(String exception, String gtrid, String lastDone) {

  /** That of a process that has ended. */
  static final Incident UNKNOWN = new Incident("unknown", "unknown", "unknown");

  @Override
  public String toString() {
    return exception + " (transaction " + gtrid + ", last done: " + lastDone + ")";
  }
}
