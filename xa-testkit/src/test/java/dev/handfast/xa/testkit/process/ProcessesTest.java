package dev.handfast.xa.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessesTest {

  private static final int TIMES = 10;

  @TempDir Path directory;

  /** There are more threads than processors, so that some of them wait for one at the signal. */
  @Test
  void nothingOfAStoppedProcessRuns() throws IOException {
    Path file = directory.resolve("counts");
    LongBuffer counts = BusyMain.counts(file);
    Process process = busy(file);
    try {
      for (int i = 0; i < TIMES; i++) {
        List<Long> before = read(counts);
        await().until(() -> haveGoneOn(before, read(counts)));

        Processes.stop(process.pid());

        List<Long> stopped = read(counts);
        await()
            .pollInterval(Duration.ofMillis(5))
            .during(Duration.ofMillis(20))
            .untilAsserted(() -> assertThat(read(counts)).isEqualTo(stopped));
        Processes.signal("CONT", process.pid());
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process busy(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            BusyMain.class.getName(),
            file.toString())
        .inheritIO()
        .start();
  }

  private static List<Long> read(LongBuffer counts) {
    return IntStream.range(0, BusyMain.THREADS).mapToObj(counts::get).toList();
  }

  private static boolean haveGoneOn(List<Long> before, List<Long> now) {
    return IntStream.range(0, before.size()).allMatch(i -> now.get(i) > before.get(i));
  }
}
