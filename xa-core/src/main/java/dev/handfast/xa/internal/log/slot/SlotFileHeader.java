package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.log.directory.FileKey;
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
 * @param key the file's own, see {@link FileKey}
 */
public record SlotFileHeader(int format, long sequence, int slots, int starts, String key) {

  static final int FORMAT = 1;

  private static final int MAGIC = 0x48465346;
  private static final int CRC_AT = SlotPage.SIZE - Integer.BYTES;

  byte[] page() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(SlotPage.SIZE);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(format);
      out.writeLong(sequence);
      out.writeInt(slots);
      out.writeInt(starts);
      out.writeUTF(key);
      out.write(new byte[SlotPage.SIZE - out.size()]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] page = bytes.toByteArray();
    ByteBuffer.wrap(page).putInt(CRC_AT, SlotHeader.crc(page, 0, CRC_AT));
    return page;
  }

  /** The header in a page, or null if it is not intact. */
  static @Nullable SlotFileHeader in(byte[] page) {
    if (ByteBuffer.wrap(page).getInt(CRC_AT) != SlotHeader.crc(page, 0, CRC_AT)) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(page))) {
      if (in.readInt() != MAGIC) {
        return null;
      }
      return new SlotFileHeader(
          in.readInt(), in.readLong(), in.readInt(), in.readInt(), in.readUTF());
    } catch (IOException e) {
      return null;
    }
  }

  SlotFileHeader withSlots(int count) {
    return new SlotFileHeader(format, sequence + 1, count, starts, key);
  }

  /** The same, to stand in the other page. */
  SlotFileHeader before() {
    return new SlotFileHeader(format, sequence - 1, slots, starts, key);
  }

  /** As it is, with so many slots at least. */
  SlotFileHeader upTo(int count) {
    return new SlotFileHeader(format, sequence, Math.max(slots, count), starts, key);
  }

  /** As the file is at a new start. */
  public SlotFileHeader of(String currentKey, int startCount) {
    return new SlotFileHeader(format, sequence + 1, slots, startCount, currentKey);
  }
}
