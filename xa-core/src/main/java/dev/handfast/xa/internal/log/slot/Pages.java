package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.disk.FileKey;
import java.io.IOException;
import java.nio.file.Path;

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

  /** Writes a slot; one behind the end makes the file longer. */
  void write(int slot, byte[] page) throws IOException;

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
