package dev.handfast.benchmarks.listening;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The least that a loop by hand must do to survive a crash: one forced write per decision. */
final class HandLog implements AutoCloseable {

  private static final int SLOT = 4096;
  private final FileChannel file;
  private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT);

  private HandLog(FileChannel file) {
    this.file = file;
  }

  static HandLog open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    file.write(ByteBuffer.allocate(SLOT), 0);
    file.force(true);
    return new HandLog(file);
  }

  void decided(long number) throws IOException {
    slot.clear();
    slot.putLong(0, number);
    file.write(slot, 0);
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
