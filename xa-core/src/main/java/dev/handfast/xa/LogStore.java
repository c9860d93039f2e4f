package dev.handfast.xa;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.LogStoreSettings.File;
import java.nio.file.Path;
import java.time.Duration;

/** Where decisions are logged. An immutable value; {@code with…} methods return another one. */
public final class LogStore {

  private final LogStoreSettings settings;

  private LogStore(LogStoreSettings settings) {
    this.settings = settings;
  }

  /**
   * A directory of this node alone, on a disk that keeps what was forced. It is made if missing
   * (0700) and held by an exclusive lock from start to close.
   */
  public static LogStore file(Path directory) {
    return new LogStore(LogStoreSettings.file(directory));
  }

  /**
   * No log at all: nothing can be recovered after a crash. For tests; a warning at start says so.
   */
  public static LogStore inMemory() {
    return new LogStore(LogStoreSettings.inMemory());
  }

  /**
   * How long the start waits while another process holds the directory; 30 s unless told. Without
   * effect in memory.
   */
  public LogStore lockWait(Duration wait) {
    return settings instanceof File file
        ? new LogStore(new File(file.directory(), wait, file.allowRamDisk()))
        : this;
  }

  /** Accepts a directory on a RAM disk, whose contents a reboot loses. Without effect in memory. */
  public LogStore allowRamDisk() {
    return settings instanceof File file
        ? new LogStore(new File(file.directory(), file.lockWait(), true))
        : this;
  }

  LogStoreSettings settings() {
    return settings;
  }
}
