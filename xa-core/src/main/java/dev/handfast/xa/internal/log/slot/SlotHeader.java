package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.spi.Gtrid;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a slot says of itself.
 *
 * @param kind whether it is free, begins a record or carries one on
 * @param rewrite whether its record says no more than the copy before, and was not forced for
 *     itself
 * @param disbelieved whether it was found in the file of an earlier start
 * @param slot its own index, so that a page in the wrong place is noticed
 * @param sequence grows with every copy that is written; all slots of one copy share it
 * @param chunk which part of the copy this is, from 0
 * @param chunks how many parts the copy has
 * @param length of the data in this slot
 * @param crc CRC32C of that data
 * @param gtrid of the record, empty if it has none
 * @param start whose file it was written into, 0 in a file that no start has made
 */
record SlotHeader(
    Kind kind,
    boolean rewrite,
    boolean disbelieved,
    int slot,
    long sequence,
    int chunk,
    int chunks,
    int length,
    int crc,
    Gtrid gtrid,
    int start) {

  /** What a slot holds. */
  enum Kind {
    FREE(0),
    HEAD(1),
    CONTINUATION(2);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    static @Nullable Kind of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return null;
    }
  }

  static final int SIZE = 128;

  private static final short REWRITE = 1;
  private static final short DISBELIEVED = 2;

  private static final int MAGIC = 0x48465331;
  private static final int LONGEST_GTRID = 64;
  private static final Gtrid NONE = Gtrid.of(new byte[0]);
  private static final int CRC_AT = SIZE - Integer.BYTES;
  private static final int START_AT = CRC_AT - Integer.BYTES;

  static SlotHeader free(int slot, long sequence, int start) {
    return new SlotHeader(Kind.FREE, false, false, slot, sequence, 0, 0, 0, 0, NONE, start);
  }

  static SlotHeader of(
      int slot,
      long sequence,
      int chunk,
      int chunks,
      byte[] data,
      Gtrid gtrid,
      boolean rewrite,
      int start) {
    Kind kind = chunk == 0 ? Kind.HEAD : Kind.CONTINUATION;
    return new SlotHeader(
        kind,
        rewrite,
        false,
        slot,
        sequence,
        chunk,
        chunks,
        data.length,
        crc(data, 0, data.length),
        gtrid,
        start);
  }

  /** The same in another start's file. */
  SlotHeader of(int other) {
    return new SlotHeader(
        kind, rewrite, disbelieved, slot, sequence, chunk, chunks, length, crc, gtrid, other);
  }

  /** The same, not to be believed any more. */
  SlotHeader asDisbelieved() {
    return new SlotHeader(
        kind, rewrite, true, slot, sequence, chunk, chunks, length, crc, gtrid, start);
  }

  private short flags() {
    return (short) ((rewrite ? REWRITE : 0) | (disbelieved ? DISBELIEVED : 0));
  }

  /** At the begin of a page. */
  void putInto(byte[] page) {
    byte[] id = gtrid.bytes();
    if (id.length > LONGEST_GTRID) {
      throw new IllegalArgumentException("a gtrid of " + id.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(page, 0, SIZE);
    buffer.putInt(MAGIC).put(kind.code).put((byte) id.length).putShort(flags());
    buffer.putInt(slot).putLong(sequence).putInt(chunk).putInt(chunks).putInt(length).putInt(crc);
    buffer.put(id);
    buffer.putInt(START_AT, start);
    buffer.putInt(CRC_AT, crc(page, 0, CRC_AT));
  }

  /** The header at an offset of a page, or null if there is none that is intact. */
  static @Nullable SlotHeader at(byte[] page, int offset) {
    ByteBuffer buffer = ByteBuffer.wrap(page, offset, SIZE).slice();
    if (buffer.getInt() != MAGIC || buffer.getInt(CRC_AT) != crc(page, offset, CRC_AT)) {
      return null;
    }
    Kind kind = Kind.of(buffer.get());
    int gtridLength = buffer.get();
    short flags = buffer.getShort();
    if (kind == null || gtridLength < 0 || gtridLength > LONGEST_GTRID) {
      return null;
    }
    int slot = buffer.getInt();
    long sequence = buffer.getLong();
    int chunk = buffer.getInt();
    int chunks = buffer.getInt();
    int length = buffer.getInt();
    int crc = buffer.getInt();
    int start = buffer.getInt(START_AT);
    byte[] gtrid = new byte[gtridLength];
    buffer.get(gtrid);
    return new SlotHeader(
        kind,
        (flags & REWRITE) != 0,
        (flags & DISBELIEVED) != 0,
        slot,
        sequence,
        chunk,
        chunks,
        length,
        crc,
        Gtrid.of(gtrid),
        start);
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
