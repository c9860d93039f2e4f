package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.PlacedRecords;
import dev.handfast.xa.internal.log.record.RecordCodec;
import dev.handfast.xa.internal.log.record.UndecidedException;
import dev.handfast.xa.spi.Gtrid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Records in one preallocated file of slots. A record that fits a slot is one page-aligned write,
 * which the end of the process cannot tear; threads that write at the same time share one force. A
 * rewrite goes to other slots, and the old copy stays until the new one is forced.
 */
public final class SlotRecordStore implements PlacedRecords {

  /** One mebibyte. */
  public static final int FIRST_SLOTS = 256;

  private static final int LARGEST_GROWTH = 16 * FIRST_SLOTS;

  private final Pages file;
  private final SlotSpace space;
  private final GroupForce force;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock growing = new ReentrantLock();
  private final Map<Gtrid, Entry> entries = new HashMap<>();
  private SlotFileHeader header;

  /** Slots that a header on disk may count: one whose force failed may be there all the same. */
  private int counted;

  /** A record and its copies, the newest first. */
  private record Entry(DecisionRecord decision, List<Placement> copies) {}

  /** Takes over a file that was read and mended. */
  public SlotRecordStore(Pages file, SlotFileHeader header, SlotContents contents) {
    this.file = file;
    this.header = header;
    List<Integer> free = new ArrayList<>(contents.free());
    free.addAll(contents.stale());
    free.addAll(contents.unreadable());
    this.space = new SlotSpace(file, free, contents.nextSequence());
    this.force = new GroupForce(file, space, lock);
    contents
        .records()
        .forEach(
            (gtrid, stored) ->
                entries.put(gtrid, new Entry(stored.decision(), List.of(stored.placement()))));
  }

  @Override
  public Collection<DecisionRecord> decisions() {
    lock.lock();
    try {
      return entries.values().stream().map(Entry::decision).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void reserve(int slots) {
    while (!reserved(slots)) {
      grow(slots);
    }
  }

  private boolean reserved(int slots) {
    lock.lock();
    try {
      requireSound();
      return space.reserve(slots);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unreserve(int slots) {
    lock.lock();
    try {
      space.unreserve(slots);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(DecisionRecord decision) {
    Written written = place(decision);
    force.await(written.group());
    requireForced(written.group());
    keep(decision, List.of(written.copy()));
  }

  private void requireForced(ForceGroup group) {
    switch (group.result()) {
      case FORCED -> {}
      case WITHDRAWN ->
          throw new LogStoreException(
              "The log " + file.path() + " could not be forced; the record was withdrawn",
              group.failure());
      default ->
          throw new UndecidedException(
              "The log "
                  + file.path()
                  + " could not be forced, and the record could not be withdrawn: whether it is"
                  + " there, the next start will find out",
              group.failure());
    }
  }

  @Override
  public void rewrite(DecisionRecord decision) {
    Written written = place(decision);
    if (written.group().isSpoiled()) {
      force.await(written.group());
      requireForced(written.group());
    }
    List<Placement> copies = new ArrayList<>(List.of(written.copy()));
    copies.addAll(written.old());
    keep(decision, copies);
  }

  private record Written(Placement copy, List<Placement> old, ForceGroup group) {}

  private Written place(DecisionRecord decision) {
    byte[] bytes = RecordCodec.encode(decision);
    int slots = SlotSpace.slotsFor(bytes);
    Written written = tryPlace(decision, bytes, slots);
    while (written == null) {
      grow(slots);
      written = tryPlace(decision, bytes, slots);
    }
    return written;
  }

  private @Nullable Written tryPlace(DecisionRecord decision, byte[] bytes, int slots) {
    lock.lock();
    try {
      requireSound();
      List<Placement> old = copies(decision.gtrid());
      if (!space.has(slots, old.isEmpty())) {
        return null;
      }
      Placement copy = space.allot(decision.gtrid(), bytes);
      return new Written(copy, old, force.write(copy, old));
    } finally {
      lock.unlock();
    }
  }

  private List<Placement> copies(Gtrid gtrid) {
    Entry entry = entries.get(gtrid);
    return entry == null
        ? List.of()
        : entry.copies().stream().filter(copy -> !copy.isReleased()).toList();
  }

  private void keep(DecisionRecord decision, List<Placement> copies) {
    lock.lock();
    try {
      entries.put(decision.gtrid(), new Entry(decision, copies));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void remove(Gtrid gtrid) {
    lock.lock();
    try {
      for (Placement copy : copies(gtrid)) {
        force.release(copy);
      }
      entries.remove(gtrid);
    } catch (IOException e) {
      throw new LogStoreException("A record of " + file.path() + " could not be removed", e);
    } finally {
      lock.unlock();
    }
  }

  private void requireSound() {
    Throwable failed = force.failed();
    if (failed != null) {
      throw new LogStoreException(
          "The log "
              + file.path()
              + " has failed: a write could neither be forced nor withdrawn. No transaction is"
              + " logged any more. To solve this, mend the disk and start again.",
          failed);
    }
  }

  /** New slots are forced before the header counts them, and counted before they are used. */
  private void grow(int needed) {
    growing.lock();
    try {
      if (!hasSpace(needed)) {
        int from = header.slots();
        int count = Math.max(needed, Math.min(from, LARGEST_GROWTH));
        append(from, count);
        SlotFileHeader grown = header.withSlots(from + count);
        counted = Math.max(counted, grown.slots());
        forced(() -> file.writeHeader(grown));
        header = grown;
        add(from, count);
      }
    } finally {
      growing.unlock();
    }
  }

  /**
   * The file ends where the next header says, so that it can be read without it. What does not fit
   * is given back: others need the last pages of a full disk as well.
   */
  private void append(int from, int count) {
    try {
      forced(
          () -> {
            space.append(from, count);
            file.cut(Math.max(from + count, counted));
          });
    } catch (LogStoreException e) {
      cut(Math.max(from, counted), e);
      throw e;
    }
  }

  private void cut(int slots, LogStoreException cause) {
    lock.lock();
    try {
      file.cut(slots);
    } catch (IOException e) {
      cause.addSuppressed(e);
    } finally {
      lock.unlock();
    }
  }

  private boolean hasSpace(int slots) {
    lock.lock();
    try {
      return space.has(slots, false);
    } finally {
      lock.unlock();
    }
  }

  private void add(int from, int count) {
    lock.lock();
    try {
      space.add(from, count);
    } finally {
      lock.unlock();
    }
  }

  private void forced(SlotMend.Change change) {
    ForceGroup group;
    lock.lock();
    try {
      requireSound();
      change.run();
      group = force.open();
      group.add(change);
    } catch (IOException e) {
      throw noRoom(e);
    } finally {
      lock.unlock();
    }
    force.await(group);
    Throwable failure = group.failure();
    if (failure != null) {
      throw noRoom(failure);
    }
  }

  private LogStoreException noRoom(Throwable cause) {
    return new LogStoreException(
        "The log "
            + file.path()
            + " is full and cannot grow: "
            + cause
            + ". To solve this, free space on its disk; what is in doubt keeps its slots until it is"
            + " resolved.",
        cause);
  }

  @Override
  public void free(int head) {
    forced(() -> file.write(head, SlotPage.free(head, space.nextSequence())));
    add(head, 1);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      entries.clear();
      file.close();
    } catch (IOException e) {
      throw new LogStoreException("The log " + file.path() + " could not be closed", e);
    } finally {
      lock.unlock();
    }
  }
}
