package dev.handfast.xa.internal.log.slot;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One slot as it was read. Its header stands at the begin of each half of the page, so that neither
 * a damaged sector nor a write that was cut off leaves it without one; of two different headers the
 * one that was written last counts.
 *
 * @param header null if neither copy is intact
 * @param data of this slot, empty if it is free or damaged
 * @param intact whether the data are what was written
 * @param whole whether both copies of the header are intact and the same
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record SlotPage(@Nullable SlotHeader header, byte[] data, boolean intact, boolean whole) {

  static final int SIZE = 4096;

  private static final int HALF = SIZE / 2;
  private static final int ROOM = HALF - SlotHeader.SIZE;

  /** How many bytes of a record one slot takes. */
  static final int CAPACITY = 2 * ROOM;

  private static final byte[] NOTHING = {};

  /** One that cannot be read. */
  static final SlotPage UNREADABLE = new SlotPage(null, NOTHING, false, false);

  /** The page that holds a header twice and data. */
  static byte[] of(SlotHeader header, byte[] data) {
    byte[] page = new byte[SIZE];
    header.putInto(page);
    System.arraycopy(page, 0, page, HALF, SlotHeader.SIZE);
    int first = Math.min(ROOM, data.length);
    System.arraycopy(data, 0, page, SlotHeader.SIZE, first);
    System.arraycopy(data, first, page, HALF + SlotHeader.SIZE, data.length - first);
    return page;
  }

  static byte[] free(int slot, long sequence, int start) {
    return of(SlotHeader.free(slot, sequence, start), NOTHING);
  }

  /** The same data, damaged or not, under another header. */
  static byte[] under(SlotHeader header, byte[] page) {
    byte[] other = page.clone();
    header.putInto(other);
    System.arraycopy(other, 0, other, HALF, SlotHeader.SIZE);
    return other;
  }

  static SlotPage read(byte[] page, int slot) {
    SlotHeader first = inPlace(SlotHeader.at(page, 0), slot);
    SlotHeader second = inPlace(SlotHeader.at(page, HALF), slot);
    SlotHeader newest = newest(first, second);
    boolean whole = newest != null && Objects.equals(first, second);
    if (newest == null || newest.length() < 0 || newest.length() > CAPACITY) {
      return new SlotPage(newest, NOTHING, false, whole);
    }
    byte[] data = data(page, newest.length());
    boolean intact = SlotHeader.crc(data, 0, data.length) == newest.crc();
    return new SlotPage(newest, intact ? data : NOTHING, intact, whole);
  }

  private static @Nullable SlotHeader inPlace(@Nullable SlotHeader header, int slot) {
    return header == null || header.slot() != slot ? null : header;
  }

  /** Of two that claim the same moment, the one that says more: free is not believed lightly. */
  private static @Nullable SlotHeader newest(
      @Nullable SlotHeader first, @Nullable SlotHeader second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    boolean later =
        second.sequence() == first.sequence()
            ? first.kind() == SlotHeader.Kind.FREE
            : second.sequence() > first.sequence();
    return later ? second : first;
  }

  private static byte[] data(byte[] page, int length) {
    byte[] data = new byte[length];
    int first = Math.min(ROOM, length);
    System.arraycopy(page, SlotHeader.SIZE, data, 0, first);
    System.arraycopy(page, HALF + SlotHeader.SIZE, data, first, length - first);
    return data;
  }
}
