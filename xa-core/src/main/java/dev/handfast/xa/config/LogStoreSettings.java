package dev.handfast.xa.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where decisions are logged. */
public sealed interface LogStoreSettings {

  /** The default of {@code handfast.log-store.lock-wait}. */
  Duration DEFAULT_LOCK_WAIT = Duration.ofSeconds(30);

  /** The directory that the store's files stand in; null if it has none. */
  @Nullable Path directory();

  /** A file store in this directory with the default wait; a RAM disk is refused. */
  static File file(Path directory) {
    return new File(directory, DEFAULT_LOCK_WAIT, false, false);
  }

  /** The store in memory, which survives no crash and is for tests. */
  static InMemory inMemory() {
    return new InMemory();
  }

  /**
   * A directory of this node alone.
   *
   * @param directory on a disk that keeps what was forced
   * @param lockWait how long a start waits for another process to release the directory; zero does
   *     not wait
   * @param allowRamDisk whether a directory on a RAM disk is accepted
   * @param allowOpenDirectory whether a directory that everybody may write is accepted
   */
  record File(Path directory, Duration lockWait, boolean allowRamDisk, boolean allowOpenDirectory)
      implements LogStoreSettings {

    /**
     * @throws ConfigurationException if the path is empty or the wait is negative
     */
    public File {
      if (directory.toString().isBlank()) {
        throw Refusal.wrong(
            RuntimeKeys.LOG_STORE_DIRECTORY.name(),
            directory.toString(),
            "the log store needs a directory of this node alone, and an empty path is the working"
                + " directory",
            "name a directory, for example 'data/tx-log'");
      }
      DurationRange.LOCK_WAIT.check(lockWait);
    }

    /** One that only its owner and the owner's group may write. */
    public File(Path directory, Duration lockWait, boolean allowRamDisk) {
      this(directory, lockWait, allowRamDisk, false);
    }
  }

  /** No log at all: nothing can be recovered after a crash. */
  record InMemory() implements LogStoreSettings {

    @Override
    public @Nullable Path directory() {
      return null;
    }
  }
}
