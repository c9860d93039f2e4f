package dev.handfast.xa.internal.disk;

import java.io.IOException;

/** A file that is locked between processes until it is closed. */
public interface DiskLock extends AutoCloseable {

  /** Takes the lock and does not wait; false if another process has it. */
  boolean tryTake() throws IOException;

  @Override
  void close() throws IOException;
}
