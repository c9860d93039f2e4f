package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.disk.FileKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** The pages of a slot file: two of header, then one for each slot. */
public interface Pages extends AutoCloseable {

  Path path();

  /** What a copy of it does not share, see {@link FileKey}. */
  String key();

  /** Whether it still stands at its path, so that the next start will find it. */
  boolean isInPlace() throws IOException;

  /** How many whole slots there are, whatever the header says. */
  int length() throws IOException;

  /** A page of the header, 0 or 1; of zeros where the file ends. */
  byte[] readHeader(int copy) throws IOException;

  byte[] read(int slot) throws IOException;

  /**
   * Reads slots that follow one another.
   *
   * @return their pages, one after the other
   */
  default byte[] readRun(int first, int count) throws IOException {
    byte[] pages = new byte[count * SlotPage.SIZE];
    for (int i = 0; i < count; i++) {
      System.arraycopy(read(first + i), 0, pages, i * SlotPage.SIZE, SlotPage.SIZE);
    }
    return pages;
  }

  /** Writes a slot; one behind the end makes the file longer. */
  void write(int slot, byte[] page) throws IOException;

  /**
   * Writes slots that follow one another; if that fails, any of them may be written.
   *
   * @param pages of the slots, one after the other
   */
  default void writeRun(int first, byte[] pages) throws IOException {
    for (int i = 0; i < pages.length / SlotPage.SIZE; i++) {
      int at = i * SlotPage.SIZE;
      write(first + i, Arrays.copyOfRange(pages, at, at + SlotPage.SIZE));
    }
  }

  /** Gives back what is behind so many slots; durable with the next force. */
  void cut(int slots) throws IOException;

  /** Writes one page of the header, the other one than the last time. */
  void writeHeader(SlotFileHeader header) throws IOException;

  /**
   * Forces what was written. A pending interrupt is kept and does no harm.
   *
   * @return false if an interrupt came meanwhile and hid the result: what was written since the
   *     last force is to be written again and forced again, since a failure is reported only once
   */
  boolean force() throws IOException;

  @Override
  void close() throws IOException;
}
