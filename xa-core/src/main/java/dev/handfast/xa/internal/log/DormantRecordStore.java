package dev.handfast.xa.internal.log;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.PlacedRecords;
import dev.handfast.xa.internal.log.slot.SlotRecordStore;
import dev.handfast.xa.spi.Gtrid;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Records that are looked at: no byte is changed before one of them is. */
final class DormantRecordStore implements PlacedRecords {

  private final SlotLog slots;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SlotRecordStore awake;

  DormantRecordStore(SlotLog slots) {
    this.slots = slots;
  }

  /** Writes the file anew, unless that was done. */
  void wake() {
    var unused = awake();
  }

  private SlotRecordStore awake() {
    lock.lock();
    try {
      SlotRecordStore store = awake;
      if (store == null) {
        store = slots.act();
        awake = store;
      }
      return store;
    } catch (IOException e) {
      throw slots.unusable("its log cannot be opened for writing", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Collection<DecisionRecord> decisions() {
    lock.lock();
    try {
      return awake == null ? slots.decisions() : awake.decisions();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void free(int head) {
    awake().free(head);
  }

  @Override
  public void reserve(int records) {
    awake().reserve(records);
  }

  @Override
  public void unreserve(int records) {
    awake().unreserve(records);
  }

  @Override
  public void write(DecisionRecord decision) {
    awake().write(decision);
  }

  @Override
  public void rewrite(DecisionRecord decision) {
    awake().rewrite(decision);
  }

  @Override
  public void remove(Gtrid gtrid) {
    awake().remove(gtrid);
  }

  @Override
  public @Nullable String displaced() {
    lock.lock();
    try {
      return awake == null ? null : awake.displaced();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void settle() {
    lock.lock();
    try {
      if (awake != null) {
        awake.settle();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (awake == null) {
        slots.close();
      } else {
        awake.close();
      }
    } catch (IOException e) {
      throw new LogStoreException("The log could not be closed", e);
    } finally {
      lock.unlock();
    }
  }
}
