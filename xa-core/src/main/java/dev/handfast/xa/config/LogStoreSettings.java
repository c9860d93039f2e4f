package dev.handfast.xa.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where decisions are logged.
 *
 * @param directory of the file store, or null for the store in memory, which is for tests
 * @param lockWait how long a start waits for another process to release the directory; zero does
 *     not wait
 * @param allowRamDisk whether a directory on a RAM disk is accepted
 */
public record LogStoreSettings(@Nullable Path directory, Duration lockWait, boolean allowRamDisk) {

  /** The default of {@code handfast.log-store.lock-wait}. */
  public static final Duration DEFAULT_LOCK_WAIT = Duration.ofSeconds(30);

  /**
   * @throws ConfigurationException if the path is empty or the wait is negative
   */
  public LogStoreSettings {
    if (directory != null && directory.toString().isBlank()) {
      throw Refusal.wrong(
          RuntimeKeys.LOG_STORE_DIRECTORY.name(),
          directory.toString(),
          "the log store needs a directory of this node alone, and an empty path is the working"
              + " directory",
          "name a directory, for example 'data/tx-log'");
    }
    DurationRange.LOCK_WAIT.check(lockWait);
  }

  /** A file store in this directory with the default wait; a RAM disk is refused. */
  public static LogStoreSettings file(Path directory) {
    return new LogStoreSettings(directory, DEFAULT_LOCK_WAIT, false);
  }

  /** The store in memory, which survives no crash and is for tests. */
  public static LogStoreSettings inMemory() {
    return new LogStoreSettings(null, DEFAULT_LOCK_WAIT, false);
  }
}
