package dev.handfast.xa.it.clock;

import dev.handfast.xa.it.PreloadedLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * The time of day of a process that is started by it, as its C library tells it; a library that is
 * loaded ahead of it adds to it whatever it is stepped by. Needs Linux and a C compiler.
 */
final class SteppableClock {

  private final PreloadedLibrary library;
  private final Path step;

  private SteppableClock(PreloadedLibrary library, Path step) {
    this.library = library;
    this.step = step;
  }

  /** Builds the library; at first the time is the machine's. */
  static SteppableClock make(Path directory) throws IOException, InterruptedException {
    PreloadedLibrary library =
        PreloadedLibrary.build(SteppableClock.class, "steppable-clock.c", directory);
    SteppableClock clock = new SteppableClock(library, directory.resolve("step"));
    clock.set(Duration.ZERO);
    return clock;
  }

  /** The words before a command that give it this clock. */
  List<String> launcher() {
    return library.launcher("CLOCK_STEP=" + step);
  }

  /**
   * How far the time is from the machine's, from now on. The file keeps its length: it is mapped.
   */
  void set(Duration ahead) {
    try {
      Files.write(
          step,
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.nativeOrder())
              .putLong(ahead.toSeconds())
              .array(),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
