package dev.handfast.xa;

import dev.handfast.xa.scripted.ScriptedRm;
import java.nio.file.Path;
import java.time.Duration;

/** Starts runtimes whose recovery runs only when a test says so. */
final class Nodes {

  static final String NAME = "test-1";

  private Nodes() {}

  static Handfast start(Path directory, ScriptedRm... resources) {
    return builder(directory, resources).start();
  }

  static Handfast.Builder builder(Path directory, ScriptedRm... resources) {
    return Handfast.builder()
        .nodeName(NAME)
        .logStore(store(directory))
        .resources(resources)
        .recoveryPeriod(Duration.ofHours(1))
        .recoveryCallTimeout(Duration.ofSeconds(5));
  }

  static LogStore store(Path directory) {
    return LogStore.file(directory.resolve("log")).allowRamDisk().lockWait(Duration.ZERO);
  }
}
