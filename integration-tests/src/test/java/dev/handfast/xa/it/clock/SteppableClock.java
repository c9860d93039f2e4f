package dev.handfast.xa.it.clock;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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

  private static final String SOURCE = "steppable-clock.c";

  private final Path library;
  private final Path step;

  private SteppableClock(Path library, Path step) {
    this.library = library;
    this.step = step;
  }

  /** Builds the library; at first the time is the machine's. */
  static SteppableClock make(Path directory) throws IOException, InterruptedException {
    Path source = directory.resolve(SOURCE);
    try (InputStream in = SteppableClock.class.getResourceAsStream(SOURCE)) {
      Files.copy(in, source);
    }
    Path library = directory.resolve("steppable-clock.so");
    Process compiler =
        new ProcessBuilder("cc", "-O2", "-shared", "-fPIC", "-o", "" + library, "" + source)
            .redirectErrorStream(true)
            .start();
    String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (compiler.waitFor() != 0) {
      throw new AssertionError("cc refused " + source + ": " + output);
    }
    SteppableClock clock = new SteppableClock(library, directory.resolve("step"));
    clock.set(Duration.ZERO);
    return clock;
  }

  /** The words before a command that give it this clock. */
  List<String> launcher() {
    return List.of("env", "LD_PRELOAD=" + library, "CLOCK_STEP=" + step);
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
