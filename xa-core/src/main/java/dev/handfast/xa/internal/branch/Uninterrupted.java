package dev.handfast.xa.internal.branch;

import javax.transaction.xa.XAException;

/**
 * Shields a call from a pending interrupt, which is given back afterwards: an interrupted client
 * gives up a commit that the resource manager carries out (facts/artemis.md, trap 7), and an
 * interrupted file channel closes a database.
 */
final class Uninterrupted {

  /** A call to a resource manager. */
  @FunctionalInterface
  interface XaCall {
    void run() throws XAException;
  }

  private Uninterrupted() {}

  static void run(XaCall call) throws XAException {
    boolean interrupted = Thread.interrupted();
    try {
      call.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
