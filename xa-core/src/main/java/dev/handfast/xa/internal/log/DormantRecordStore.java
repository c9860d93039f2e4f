package dev.handfast.xa.internal.log;

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
      throw new LogStoreException("The log could not be opened for writing", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Collection<LogRecord> records() {
    lock.lock();
    try {
      return awake == null ? slots.records() : awake.records();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int head(RecordKey key) {
    return slots.head(key);
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
  public void write(LogRecord record) {
    awake().write(record);
  }

  @Override
  public void rewrite(LogRecord record) {
    awake().rewrite(record);
  }

  @Override
  public void remove(RecordKey key) {
    awake().remove(key);
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
