package dev.handfast.benchmarks.starts;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A log of decisions whose branches were not told.
 *
 * @param directory of the log
 * @param count of decisions
 */
record Decisions(Path directory, int count) {

  static Decisions of(String[] arguments) {
    return new Decisions(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
  }

  List<String> arguments() {
    return List.of(directory.toString(), Integer.toString(count));
  }

  /** A runtime over the log that nothing disturbs. */
  Handfast.Builder runtime(SilentResource... resources) {
    return Handfast.builder()
        .nodeName("bench")
        .logStore(LogStore.file(directory).lockWait(Duration.ZERO))
        .recoveryPeriod(Duration.ofHours(1))
        .resources(resources);
  }
}
