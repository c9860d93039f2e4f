package dev.handfast.xa.internal.log;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Records in memory, lost with the process: for tests. */
public final class VolatileRecordStore implements RecordStore {

  private final Map<RecordKey, LogRecord> records = new ConcurrentHashMap<>();

  @Override
  public Collection<LogRecord> records() {
    return List.copyOf(records.values());
  }

  @Override
  public void reserve(int count) {}

  @Override
  public void unreserve(int count) {}

  @Override
  public void rewrite(LogRecord record) {
    write(record);
  }

  @Override
  public void write(LogRecord record) {
    records.put(record.key(), record);
  }

  @Override
  public void remove(RecordKey key) {
    records.remove(key);
  }

  @Override
  public void close() {
    records.clear();
  }
}
