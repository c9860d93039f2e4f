package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.internal.log.Reservation;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The room in the log that one transaction holds. Safe for use by many threads. */
final class ReservedRoom {

  private final Queue<Reservation> reserved = new ConcurrentLinkedQueue<>();
  private volatile boolean loggedAll;

  /** Keeps room until {@link #giveBack}; gives it back at once after that. */
  void keep(Reservation room) {
    reserved.add(room);
    if (loggedAll) {
      giveBack();
    }
  }

  /** The transaction logs nothing more. */
  void giveBack() {
    loggedAll = true;
    for (Reservation room = reserved.poll(); room != null; room = reserved.poll()) {
      room.giveBack();
    }
  }
}
