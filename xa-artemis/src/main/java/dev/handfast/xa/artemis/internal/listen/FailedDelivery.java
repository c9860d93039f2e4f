package dev.handfast.xa.artemis.internal.listen;

/**
 * A delivery whose transaction did not commit.
 *
 * @param exception what was thrown, in words
 * @param gtrid the global transaction id of its transaction
 * @param lastDone the last thing that was done in it
 */
record FailedDelivery(String exception, String gtrid, String lastDone) {

  /** Stands for a delivery to a process that has ended. */
  static final FailedDelivery UNKNOWN = new FailedDelivery("unknown", "unknown", "unknown");

  @Override
  public String toString() {
    return exception + " (transaction " + gtrid + ", last done: " + lastDone + ")";
  }
}
