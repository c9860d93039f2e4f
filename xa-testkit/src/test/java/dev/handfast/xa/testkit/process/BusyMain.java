package dev.handfast.xa.testkit.process;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Counts with many threads at once, where another process sees it. */
final class BusyMain {

  static final int THREADS = 8;

  private BusyMain() {}

  public static void main(String[] args) throws IOException {
    LongBuffer counts = counts(Path.of(args[0]));
    for (int i = 0; i < THREADS; i++) {
      int own = i;
      new Thread(() -> count(counts, own)).start();
    }
  }

  private static void count(LongBuffer counts, int own) {
    for (long count = 1; true; count++) {
      counts.put(own, count);
    }
  }

  static LongBuffer counts(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel
          .map(FileChannel.MapMode.READ_WRITE, 0, (long) THREADS * Long.BYTES)
          .asLongBuffer();
    }
  }
}
