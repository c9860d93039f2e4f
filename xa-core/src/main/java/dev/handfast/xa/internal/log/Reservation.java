package dev.handfast.xa.internal.log;

import dev.handfast.xa.internal.log.record.RecordStore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Room in the log for records to come. Safe for use by many threads. */
public final class Reservation {

  private final RecordStore store;
  private final int records;
  private final AtomicBoolean givenBack = new AtomicBoolean();

  Reservation(RecordStore store, int records) {
    this.store = store;
    this.records = records;
  }

  /** Gives the room back; a second call does nothing. */
  public void giveBack() {
    if (givenBack.compareAndSet(false, true)) {
      store.unreserve(records);
    }
  }
}
