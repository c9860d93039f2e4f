package dev.handfast.benchmarks.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory that is deleted at the end of a measurement, with all that is in it. */
public record MeasurementDirectory(Path path) implements AutoCloseable {

  /** Makes a directory whose name begins with the prefix. */
  public static MeasurementDirectory make(String prefix) throws IOException {
    return new MeasurementDirectory(Files.createTempDirectory(prefix));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
