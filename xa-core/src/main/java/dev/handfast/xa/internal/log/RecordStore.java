package dev.handfast.xa.internal.log;

import java.util.Collection;

/** Durable records. Safe for use by many threads; one record is written by one thread at a time. */
public interface RecordStore extends AutoCloseable {

  /** All records, read when the store was opened or written since. */
  Collection<LogRecord> records();

  /**
   * Writes or replaces a record. When it returns, the record survives any crash.
   *
   * @throws LogStoreException if that is not certain
   */
  void write(LogRecord record);

  /** Removes a record; it may come back after a crash. Does nothing if there is none. */
  void remove(RecordKey key);

  @Override
  void close();
}
