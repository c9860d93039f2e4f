package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.spi.Gtrid;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** Which slots are free, and what is written into them. Guarded by the lock of its store. */
final class SlotSpace {

  private final Pages file;
  private final Deque<Integer> free;
  private long sequence;
  private int reserved;

  SlotSpace(Pages file, Collection<Integer> free, long sequence) {
    this.file = file;
    this.free = new ArrayDeque<>(free);
    this.sequence = sequence;
  }

  static int slotsFor(byte[] bytes) {
    return Math.max(1, (bytes.length + SlotPage.CAPACITY - 1) / SlotPage.CAPACITY);
  }

  /**
   * Whether so many slots are free for a record that has reserved space, or for one that has not.
   */
  boolean has(int slots, boolean isReserved) {
    return free.size() - (isReserved ? 0 : reserved) >= slots;
  }

  boolean reserve(int slots) {
    boolean possible = free.size() - reserved >= slots;
    reserved += possible ? slots : 0;
    return possible;
  }

  void unreserve(int slots) {
    reserved -= slots;
  }

  /** Takes free slots for a copy; nothing is written yet. */
  Placement allot(Gtrid gtrid, byte[] bytes) {
    int chunks = slotsFor(bytes);
    long copy = sequence++;
    List<Integer> slots = new ArrayList<>();
    List<byte[]> pages = new ArrayList<>();
    for (int chunk = 0; chunk < chunks; chunk++) {
      int slot = free.pop();
      int from = chunk * SlotPage.CAPACITY;
      byte[] data =
          Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + SlotPage.CAPACITY));
      slots.add(slot);
      pages.add(SlotPage.of(SlotHeader.of(slot, copy, chunk, chunks, data, gtrid), data));
    }
    return new Placement(slots, pages);
  }

  /** Writes the pages of a copy, the head last; again if need be. */
  void write(Placement copy) throws IOException {
    for (int chunk = copy.slots().size() - 1; chunk >= 0; chunk--) {
      file.write(copy.slots().get(chunk), copy.pages().get(chunk));
    }
  }

  /**
   * Marks the head of a copy as free.
   *
   * @return its other slots, which are not to be used while the head may still be on disk
   */
  List<Integer> release(Placement copy) throws IOException {
    file.write(copy.head(), SlotPage.free(copy.head(), sequence++));
    copy.released();
    free.push(copy.head());
    return copy.slots().subList(1, copy.slots().size());
  }

  /** Marks all slots of a copy as free, to be forced. */
  void erase(Placement copy) throws IOException {
    for (int slot : copy.slots()) {
      file.write(slot, SlotPage.free(slot, sequence++));
    }
  }

  /** The erased slots may be used again. */
  void erased(Placement copy) {
    copy.released();
    recycle(copy.slots());
  }

  void recycle(Collection<Integer> slots) {
    slots.forEach(free::push);
  }

  long nextSequence() {
    return sequence++;
  }

  /** Slots that were appended and forced may be used. */
  void add(int from, int count) {
    for (int slot = from; slot < from + count; slot++) {
      free.addLast(slot);
    }
  }

  /** Writes new slots at the end of the file, to be forced before they are used. */
  void append(int from, int count) throws IOException {
    for (int slot = from; slot < from + count; slot++) {
      file.write(slot, SlotPage.free(slot, sequence++));
    }
  }
}
