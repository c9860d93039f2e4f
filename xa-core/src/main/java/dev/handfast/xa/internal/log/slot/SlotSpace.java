package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.spi.Gtrid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which slots are free, and what is written into them. Guarded by the lock of its store. What fails
 * before it has written anything has changed nothing.
 */
final class SlotSpace {

  private final Pages file;
  private final SlotStack free;
  private final int start;
  private long sequence;
  private int reserved;

  /**
   * @param header of the file
   * @param free those of its slots that are free, the first to be used first
   */
  SlotSpace(Pages file, SlotFileHeader header, List<Integer> free, long sequence) {
    this.file = file;
    this.free = new SlotStack(Math.max(header.slots(), free.size()));
    this.start = header.start();
    this.sequence = sequence;
    for (int i = free.size() - 1; i >= 0; i--) {
      this.free.push(free.get(i));
    }
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

  /**
   * Takes free slots for a copy; nothing is written yet.
   *
   * @param rewrite whether nothing is lost if the copy before is found instead
   */
  Placement allot(Gtrid gtrid, byte[] bytes, boolean rewrite) {
    int chunks = slotsFor(bytes);
    List<Integer> slots = new ArrayList<>(chunks);
    List<byte[]> pages = new ArrayList<>(chunks);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int slot = free.peek(chunk);
      int from = chunk * SlotPage.CAPACITY;
      byte[] data =
          Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + SlotPage.CAPACITY));
      slots.add(slot);
      SlotHeader header = SlotHeader.of(slot, sequence, chunk, chunks, data, gtrid, rewrite, start);
      pages.add(SlotPage.of(header, data));
    }
    Placement copy = new Placement(slots, pages);
    free.drop(chunks);
    sequence++;
    return copy;
  }

  /** Writes the pages of a copy, the head last; again if need be. */
  void write(Placement copy) throws IOException {
    for (int chunk = copy.slots().size() - 1; chunk >= 0; chunk--) {
      file.write(copy.slots().get(chunk), copy.pages().get(chunk));
    }
  }

  /**
   * Marks the head of a copy as free. Its other slots are not to be used while the head may still
   * be on disk; see {@link #recycleTail}.
   */
  void release(Placement copy) throws IOException {
    markFree(copy.head());
    copy.released();
    free.push(copy.head());
  }

  /** Marks the head of a released copy as free again, unless it was used since. */
  void markAgain(Placement copy) throws IOException {
    if (copy.isReleased() && !copy.isGone() && free.contains(copy.head())) {
      markFree(copy.head());
    }
  }

  /** The slots of a released copy but its head may be used again. */
  void recycleTail(Placement copy) {
    recycle(copy, 1);
  }

  /** Marks all slots of a copy as free, to be forced. */
  void erase(Placement copy) throws IOException {
    for (int slot : copy.slots()) {
      markFree(slot);
    }
  }

  /** The erased slots may be used again. */
  void erased(Placement copy) {
    copy.gone();
    recycle(copy, 0);
  }

  /** Takes the slots of a copy back that was not written. */
  void giveBack(Placement copy) {
    recycle(copy, 0);
  }

  private void recycle(Placement copy, int from) {
    List<Integer> slots = copy.slots();
    for (int i = from; i < slots.size(); i++) {
      free.push(slots.get(i));
    }
  }

  /** Marks a slot as free that holds nothing that counts; it is not to be used yet. */
  void markFree(int slot) throws IOException {
    file.write(slot, SlotPage.free(slot, sequence++, start));
  }

  /** Makes room for slots up to that number, so that {@link #add} cannot fail. */
  void expect(int slots) {
    free.ensureRoom(slots);
  }

  /** Slots that were expected, appended and forced may be used. */
  void add(int from, int count) {
    for (int slot = from + count - 1; slot >= from; slot--) {
      free.push(slot);
    }
  }

  /** Writes new slots at the end of the file, to be forced before they are used. */
  void append(int from, int count) throws IOException {
    for (int slot = from; slot < from + count; slot++) {
      markFree(slot);
    }
  }
}
