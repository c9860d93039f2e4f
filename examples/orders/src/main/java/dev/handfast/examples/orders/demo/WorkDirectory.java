package dev.handfast.examples.orders.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo keeps all it writes.
 *
 * @param kept whether it stays when the demo is over
 */
record WorkDirectory(Path path, boolean kept) implements AutoCloseable {

  /**
   * Makes the directory.
   *
   * @param keep where, or null for a temporary one
   * @throws WrongInputException if it cannot be made there, or something is in it
   */
  static WorkDirectory make(@Nullable Path keep) throws IOException, WrongInputException {
    if (keep == null) {
      return new WorkDirectory(Files.createTempDirectory("handfast-demo-"), false);
    }
    try {
      Files.createDirectories(keep);
      try (Stream<Path> found = Files.list(keep)) {
        if (found.findAny().isPresent()) {
          throw new WrongInputException(
              "--keep " + keep + ": is not empty. To solve this, name a new directory.");
        }
      }
    } catch (IOException e) {
      throw new WrongInputException(
          "--keep " + keep + ": cannot be used (" + e + "). To solve this, name a new directory.",
          e);
    }
    return new WorkDirectory(keep.toAbsolutePath(), true);
  }

  /** Removes it unless it is kept; a second call does nothing. */
  @Override
  public void close() {
    if (kept || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be removed", e);
    }
  }
}
