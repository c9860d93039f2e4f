package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.disk.FileKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the slot file says of itself; it stands in its first two pages, of which one is rewritten at
 * a time.
 *
 * @param format of the file
 * @param sequence grows with every rewrite
 * @param slots how many there are
 * @param starts how many starts were recorded
 * @param start whose file it is, 0 before the first
 * @param store the id of the store that it belongs to; empty in format 1
 * @param key the file's own, see {@link FileKey}
 */
public record SlotFileHeader(
    int format, long sequence, int slots, int starts, int start, String store, String key) {

  /** The first one, which names neither store nor start. */
  public static final int FORMAT_1 = 1;

  static final int FORMAT = 2;

  private static final int MAGIC = 0x48465346;
  private static final int CRC_AT = SlotPage.SIZE - Integer.BYTES;

  /** Of a new file. */
  static SlotFileHeader fresh(int slots, String store, String key) {
    return new SlotFileHeader(FORMAT, 1, slots, 0, 0, store, key);
  }

  /** Made up for a file whose header cannot be read, from what its pages say. */
  static SlotFileHeader unknown(int slots, int start, String key) {
    return new SlotFileHeader(FORMAT, 1, slots, 0, start, "", key);
  }

  byte[] page() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(SlotPage.SIZE);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(format);
      out.writeLong(sequence);
      out.writeInt(slots);
      out.writeInt(starts);
      out.writeUTF(key);
      if (format != FORMAT_1) {
        out.writeInt(start);
        out.writeUTF(store);
      }
      out.write(new byte[SlotPage.SIZE - out.size()]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] page = bytes.toByteArray();
    ByteBuffer.wrap(page).putInt(CRC_AT, SlotHeader.crc(page, 0, CRC_AT));
    return page;
  }

  /** The header in a page, or null if it is not intact; of an unknown format only that is read. */
  static @Nullable SlotFileHeader in(byte[] page) {
    if (ByteBuffer.wrap(page).getInt(CRC_AT) != SlotHeader.crc(page, 0, CRC_AT)) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(page))) {
      if (in.readInt() != MAGIC) {
        return null;
      }
      int format = in.readInt();
      long sequence = in.readLong();
      int slots = in.readInt();
      int starts = in.readInt();
      String key = in.readUTF();
      boolean named = format == FORMAT;
      return new SlotFileHeader(
          format,
          sequence,
          slots,
          starts,
          named ? in.readInt() : 0,
          named ? in.readUTF() : "",
          key);
    } catch (IOException e) {
      return null;
    }
  }

  boolean isKnown() {
    return format == FORMAT || format == FORMAT_1;
  }

  SlotFileHeader withSlots(int count) {
    return new SlotFileHeader(format, sequence + 1, count, starts, start, store, key);
  }

  /** The same, to stand in the other page. */
  SlotFileHeader before() {
    return new SlotFileHeader(format, sequence - 1, slots, starts, start, store, key);
  }

  /** As it is, with so many slots at least. */
  SlotFileHeader upTo(int count) {
    return new SlotFileHeader(format, sequence, Math.max(slots, count), starts, start, store, key);
  }

  /** Of the file that takes this one's place. */
  public SlotFileHeader next(
      int slotCount, String storeId, int startId, int startCount, String fileKey) {
    return new SlotFileHeader(
        FORMAT, sequence + 1, slotCount, startCount, startId, storeId, fileKey);
  }
}
