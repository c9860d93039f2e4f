package dev.handfast.xa.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who is killed × the step × the shape, on real processes. After each: all or none, nothing in
 * doubt, nothing in the log, and the application was told the truth.
 */
class CrashMatrixIT {

  private static final int LEAST = 100;

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> everyCell() throws Exception {
    long start = System.nanoTime();
    List<CaseResult> results = runAll();
    write(results, Duration.ofNanos(System.nanoTime() - start));

    assertThat(results).hasSizeGreaterThanOrEqualTo(LEAST);
    return results.stream()
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.cell().toString(), () -> assertThat(result.failure()).isEmpty()));
  }

  /** The lanes share nothing, and wait for processes most of the time. */
  private List<CaseResult> runAll() throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(CrashVictim.values().length);
    try {
      List<Future<List<CaseResult>>> running = new ArrayList<>();
      for (CrashVictim victim : CrashVictim.values()) {
        Path own = directory.resolve(victim.name().toLowerCase(Locale.ROOT));
        running.add(lanes.submit(() -> new CrashLane(own, victim).run()));
      }
      List<CaseResult> results = new ArrayList<>();
      for (Future<List<CaseResult>> lane : running) {
        results.addAll(lane.get());
      }
      return results;
    } finally {
      lanes.shutdownNow();
    }
  }

  private static void write(List<CaseResult> results, Duration time) throws IOException {
    long failed = results.stream().filter(result -> !result.failure().isEmpty()).count();
    long slowest = results.stream().mapToLong(CaseResult::millis).max().orElse(0);
    StringBuilder text =
        new StringBuilder("# Crash matrix\n\n")
            .append(results.size())
            .append(" cases, ")
            .append(failed)
            .append(" failed, in ")
            .append(time.toSeconds())
            .append(" s; the slowest recovery took ")
            .append(slowest)
            .append(" ms.\n\n")
            .append(CaseResult.HEADER);
    results.forEach(result -> text.append(result.row()));
    Path target = Path.of(System.getProperty("basedir", "."), "target");
    Files.createDirectories(target);
    Files.writeString(target.resolve("crash-matrix.md"), text);
  }
}
