package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.platform.StackRoom;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Adds slots to a store. Safe for use by many threads, which do not hold the store's lock. */
final class SlotGrowth {

  private static final int LARGEST = 16 * SlotRecordStore.FIRST_SLOTS;

  private final Pages file;
  private final SlotSpace space;
  private final GroupForce force;
  private final StoreLock lock;
  private final ReentrantLock growing = new ReentrantLock();
  private SlotFileHeader header;

  /** Slots that a header on disk may count: one whose force failed may be there all the same. */
  private int counted;

  SlotGrowth(Pages file, SlotFileHeader header, SlotSpace space, GroupForce force, StoreLock lock) {
    this.file = file;
    this.header = header;
    this.space = space;
    this.force = force;
    this.lock = lock;
  }

  /** New slots are forced before the header counts them, and counted before they are used. */
  void grow(int needed) {
    growing.lock();
    try {
      if (!hasSpace(needed)) {
        int from = header.slots();
        int count = Math.max(needed, Math.min(from, LARGEST));
        expect(from + count);
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
    } catch (RuntimeException | Error e) {
      cut(Math.max(from, counted), e);
      throw e;
    }
  }

  private void cut(int slots, Throwable cause) {
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

  private void expect(int slots) {
    lock.lock();
    try {
      space.expect(slots);
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

  /** Makes a change; on disk when it returns. */
  void forced(FileChange change) {
    StackRoom.require();
    ForceGroup group = run(change);
    if (force.result(group) != ForceGroup.Result.FORCED) {
      throw noRoom(group.failure());
    }
  }

  private ForceGroup run(FileChange change) {
    lock.lock();
    try {
      force.requireSound();
      ForceGroup group = force.open();
      group.add(change);
      boolean done = false;
      try {
        change.run();
        done = true;
      } finally {
        if (!done) {
          group.remove(change);
        }
      }
      return group;
    } catch (IOException e) {
      throw noRoom(e);
    } finally {
      lock.unlock();
    }
  }

  private LogStoreException noRoom(@Nullable Throwable cause) {
    return new LogStoreException(
        "The log "
            + file.path()
            + " is full and cannot grow: "
            + cause
            + ". To solve this, free space on its disk; what is in doubt keeps its slots until it is"
            + " resolved.",
        cause);
  }

  /** Frees the slot of a damaged record; forced when it returns. */
  void free(int head) {
    forced(() -> space.markFree(head));
    add(head, 1);
  }
}
