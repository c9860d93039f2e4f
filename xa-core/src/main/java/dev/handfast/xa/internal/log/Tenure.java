package dev.handfast.xa.internal.log;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.log.directory.Distrust;
import dev.handfast.xa.internal.log.directory.MemoryStore;
import dev.handfast.xa.internal.log.directory.ResourceIdentities;
import dev.handfast.xa.internal.log.directory.StoreDirectory;
import dev.handfast.xa.internal.log.directory.StoreIdentity;
import dev.handfast.xa.internal.log.record.Damage;
import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.PlacedRecords;
import dev.handfast.xa.internal.log.record.RecordStore;
import dev.handfast.xa.internal.log.record.UndecidedException;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.Gtrid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the lock of a log directory gives, until it is closed: the identity of the store and of this
 * start, the right to reserve, to take decisions and to clear them, and what of the log cannot be
 * believed. Nobody writes without it. Safe for use by many threads.
 */
public final class Tenure implements AutoCloseable {

  private final StoreIdentity identity;
  private final RecordStore records;
  private final ResourceIdentities resources;
  private final String location;
  private final @Nullable StoreDirectory directory;
  private final Map<Integer, DamagedRecord> damaged = new LinkedHashMap<>();
  private final Set<Gtrid> damagedGtrids = ConcurrentHashMap.newKeySet();
  private volatile Distrust distrust = Distrust.NONE;

  private Tenure(
      StoreIdentity identity,
      RecordStore records,
      ResourceIdentities resources,
      @Nullable StoreDirectory directory) {
    this.identity = identity;
    this.records = records;
    this.resources = resources;
    this.directory = directory;
    this.location = directory == null ? "memory" : directory.path().toString();
  }

  /**
   * Opens the log that the settings name, and records a start.
   *
   * @throws LogStoreException if it cannot be used; nothing is held then
   */
  public static Tenure open(LogStoreSettings settings, NodeName node, Platform platform) {
    if (!(settings instanceof LogStoreSettings.File file)) {
      MemoryStore memory = MemoryStore.of(node, platform);
      return new Tenure(memory.identity(), new VolatileRecordStore(), memory.resources(), null);
    }
    StoreDirectory directory = StoreDirectory.open(file, node, platform);
    try {
      return started(directory, platform);
    } catch (IOException e) {
      directory.close();
      throw StoreDirectory.unusable(directory.path(), "it cannot be read and written", e);
    } catch (RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  private static Tenure started(StoreDirectory directory, Platform platform) throws IOException {
    SlotLog slots = SlotLog.read(directory, platform);
    try {
      SlotLog.Started started = slots.start();
      Tenure log =
          new Tenure(started.identity(), started.records(), directory.resources(), directory);
      slots.damaged().forEach(log::damaged);
      log.distrust = slots.distrust();
      return log;
    } catch (IOException | RuntimeException | Error e) {
      slots.close();
      throw e;
    }
  }

  /**
   * Opens the log that the settings name and changes no byte of it before a record is changed;
   * records no start.
   *
   * @throws LogStoreException if it is not there or cannot be used; nothing is held then
   */
  public static Tenure look(LogStoreSettings.File settings, NodeName node, Platform platform) {
    StoreDirectory directory = StoreDirectory.look(settings, node, platform);
    try {
      SlotLog slots = SlotLog.look(directory, platform);
      Tenure log =
          new Tenure(
              directory.identity(0),
              new DormantRecordStore(slots),
              directory.resourcesLookedAt(),
              directory);
      slots.damaged().forEach(log::damaged);
      log.distrust = slots.distrust();
      return log;
    } catch (IOException e) {
      directory.close();
      throw StoreDirectory.unusable(directory.path(), "it cannot be read", e);
    } catch (RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  public StoreIdentity identity() {
    return identity;
  }

  /** All decisions, read when the log was opened or written since. */
  public Collection<DecisionRecord> decisions() {
    return records.decisions();
  }

  /**
   * Makes sure that there is room for so many more records of usual size.
   *
   * @throws LogStoreException if there is not
   */
  public Reservation reserve(int count) {
    try {
      Reservation room = new Reservation(records, count);
      records.reserve(count);
      return room;
    } catch (Throwable e) {
      throw told("Room in the log could not be reserved", e);
    }
  }

  /** Every failure is told as one of the log, whatever was thrown. */
  private static LogStoreException told(String what, Throwable thrown) {
    if (thrown instanceof LogStoreException failure) {
      return failure;
    }
    try {
      return new LogStoreException(what + ": " + thrown, thrown);
    } catch (Throwable e) {
      return LogStoreException.UNTOLD;
    }
  }

  /**
   * Takes a decision. When it returns, the record survives any crash; when it fails, the record is
   * certainly not there, or still as it was.
   *
   * @throws UndecidedException if it may be there or not
   * @throws LogStoreException if it is not, whatever went wrong; nothing else is thrown
   */
  public void write(DecisionRecord decision) {
    try {
      records.write(decision);
    } catch (Throwable e) {
      throw told("A decision could not be logged, and nothing of it was written", e);
    }
  }

  /**
   * Replaces a record by one that only leaves out what is finished: after a crash the old or the
   * new one is found.
   *
   * @throws LogStoreException if it stays as it was, whatever went wrong; nothing else is thrown
   */
  public void rewrite(DecisionRecord decision) {
    try {
      records.rewrite(decision);
    } catch (Throwable e) {
      throw told("A record could not be rewritten, and stays as it was", e);
    }
  }

  /**
   * Clears a record; it may come back after a crash. Does nothing if there is none.
   *
   * @throws LogStoreException if it may still be there, whatever went wrong; nothing else is thrown
   */
  public void remove(Gtrid gtrid) {
    try {
      records.remove(gtrid);
    } catch (Throwable e) {
      throw told("A record could not be cleared", e);
    }
  }

  /**
   * Sees to it that what was cleared is gone from the file, and is not found by the next start.
   *
   * @throws LogStoreException if it is not, whatever went wrong; nothing else is thrown
   */
  public void settle() {
    try {
      records.settle();
    } catch (Throwable e) {
      throw told("A cleared record may be found again", e);
    }
  }

  /**
   * Looks whether the log is where the next start will find it. If not, nothing is written any
   * more.
   *
   * @return why the log has failed, or null
   */
  public @Nullable String displaced() {
    return records.displaced();
  }

  /** Who the resource managers behind the names were. */
  public ResourceIdentities resources() {
    return resources;
  }

  /** The directory, for a reader. */
  public String location() {
    return location;
  }

  /** What cannot be believed at this moment. */
  public Damage damage() {
    synchronized (damaged) {
      return new Damage(
          location, List.copyOf(damaged.values()), distrust.starts(), distrust.reason());
    }
  }

  /** Whether the record of a transaction is damaged. */
  public boolean isDamaged(Gtrid gtrid) {
    return damagedGtrids.contains(gtrid);
  }

  private void damaged(int head, DamagedRecord record) {
    synchronized (damaged) {
      damaged.put(head, record);
      damagedGtrids.add(record.gtrid());
    }
  }

  /** Whether a start was recorded and its unlogged branches may be presumed aborted. */
  public boolean isTrusted(int startId) {
    return identity.starts().contains(startId) && !distrust.starts().contains(startId);
  }

  /**
   * Forgets the damaged record of a transaction, by an operator's order; durable when it returns.
   * Of several copies the oldest goes first: it would be believed if it were found alone.
   *
   * @return whether there was one
   * @throws LogStoreException if it could not be freed
   */
  public boolean release(Gtrid gtrid) {
    synchronized (damaged) {
      List<Integer> heads = new ArrayList<>();
      damaged.forEach(
          (head, record) -> {
            if (record.gtrid().equals(gtrid)) {
              heads.add(head);
            }
          });
      for (Integer head : heads) {
        if (records instanceof PlacedRecords placed) {
          placed.free(head);
        }
        damaged.remove(head); // it is another record's from now on
      }
      damagedGtrids.remove(gtrid);
      return !heads.isEmpty();
    }
  }

  /**
   * Trusts all recorded starts again, by an operator's order; durable when it returns, and as
   * before when it fails.
   *
   * @throws LogStoreException if that could not be written
   */
  public void accept() {
    if (directory != null) {
      keepAccepted(directory);
    }
    distrust = Distrust.NONE;
  }

  private void keepAccepted(StoreDirectory store) {
    try {
      vouch();
      store.keep(Distrust.NONE);
    } catch (IOException e) {
      throw StoreDirectory.unusable(
          store.path(), "that it is accepted could not be written, and it is not", e);
    }
  }

  /** What was doubted of the slot file of a store that is only looked at is not found again. */
  private void vouch() {
    if (records instanceof DormantRecordStore dormant) {
      dormant.wake();
    }
  }

  @Override
  public void close() {
    try {
      records.close();
    } finally {
      if (directory != null) {
        directory.close();
      }
    }
  }
}
