package dev.handfast.xa.internal.log.record;

import dev.handfast.xa.spi.Gtrid;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Durable records of decisions, one for each transaction. Safe for use by many threads; one record
 * is written by one thread at a time.
 */
public interface RecordStore extends AutoCloseable {

  /** All decisions, read when the store was opened or written since. */
  Collection<DecisionRecord> decisions();

  /**
   * Makes sure that there is room for so many more records of usual size.
   *
   * @throws LogStoreException if there is not
   */
  void reserve(int records);

  /** Gives back what was reserved. */
  void unreserve(int records);

  /**
   * Writes or replaces a record. When it returns, the record survives any crash. When it fails, the
   * record is certainly not there, or still as it was, whatever is thrown.
   *
   * @throws UndecidedException if it may be there or not
   * @throws LogStoreException if it is not
   */
  void write(DecisionRecord decision);

  /**
   * Replaces a record by one that only leaves out what is finished: after a crash the old or the
   * new one is found.
   *
   * @throws LogStoreException if it stays as it was
   */
  void rewrite(DecisionRecord decision);

  /**
   * Removes a record; as it was written last, it may come back after a crash. Does nothing if there
   * is none.
   */
  void remove(Gtrid gtrid);

  /**
   * Sees to it that what was removed is gone from the file.
   *
   * @throws LogStoreException if it is not, and will be found by the next start
   */
  void settle();

  /**
   * Looks whether the records are where the next start will find them. If not, nothing is written
   * any more.
   *
   * @return why the store has failed, or null
   */
  @Nullable String displaced();

  @Override
  void close();
}
