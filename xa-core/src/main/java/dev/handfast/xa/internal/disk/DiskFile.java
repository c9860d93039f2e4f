package dev.handfast.xa.internal.disk;

import java.io.IOException;

/** An open file. Guarded by its user, but for {@link #force}. */
public interface DiskFile extends AutoCloseable {

  long length() throws IOException;

  /** Reads so many bytes; zeros where the file ends. */
  byte[] read(long offset, int length) throws IOException;

  /** Writes bytes; those behind the end make the file longer. */
  void write(long offset, byte[] bytes) throws IOException;

  /** Cuts the file, or fills it up with zeros. */
  void setLength(long length) throws IOException;

  /**
   * Forces what was written. A pending interrupt is kept and does no harm.
   *
   * @return false if an interrupt came meanwhile and hid the result: what was written since the
   *     last force is to be written again and forced again, since a failure is reported only once
   */
  boolean force() throws IOException;

  /**
   * Locks the file for this process, until it is closed.
   *
   * @return whether it is; false if another process, or another opening of this one, has it
   */
  boolean tryLock() throws IOException;

  /** What a copy of it does not share, see {@link FileKey}. */
  String key();

  @Override
  void close() throws IOException;
}
