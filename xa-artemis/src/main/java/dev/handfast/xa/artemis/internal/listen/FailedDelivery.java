package dev.handfast.xa.artemis.internal.listen;

/**
 * A delivery that failed.
 *
 * @param exception what was thrown, in words
 * @param gtrid of its transaction
 * @param lastDone the last thing that was done in it
 */
record FailedDelivery(String exception, String gtrid, String lastDone) {

  /** That of a process that has ended. */
  static final FailedDelivery UNKNOWN = new FailedDelivery("unknown", "unknown", "unknown");

  @Override
  public String toString() {
    return exception + " (transaction " + gtrid + ", last done: " + lastDone + ")";
  }
}
