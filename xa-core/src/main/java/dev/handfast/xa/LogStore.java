package dev.handfast.xa;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.LogStoreSettings.File;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Says where decisions are logged. It is an immutable value; each method that sets something
 * returns a changed copy.
 */
public final class LogStore {

  private final LogStoreSettings settings;

  private LogStore(LogStoreSettings settings) {
    this.settings = settings;
  }

  /**
   * Logs in a directory, which must be of this node alone and on a disk that keeps what was forced.
   * The directory is made if it is missing (mode 0700), and an exclusive lock holds it from start
   * to close.
   */
  public static LogStore file(Path directory) {
    return new LogStore(LogStoreSettings.file(directory));
  }

  /**
   * Keeps decisions in memory only, so that nothing can be recovered after a crash. This is for
   * tests; a warning at start says so.
   */
  public static LogStore inMemory() {
    return new LogStore(LogStoreSettings.inMemory());
  }

  /**
   * Sets how long the start waits while another process holds the directory; it is 30 s unless set.
   * It has no effect on a log in memory.
   */
  public LogStore lockWait(Duration wait) {
    return settings instanceof File file
        ? new LogStore(
            new File(file.directory(), wait, file.allowRamDisk(), file.allowOpenDirectory()))
        : this;
  }

  /**
   * Accepts a directory on a RAM disk, whose contents a reboot loses. It has no effect on a log in
   * memory.
   */
  public LogStore allowRamDisk() {
    return settings instanceof File file
        ? new LogStore(new File(file.directory(), file.lockWait(), true, file.allowOpenDirectory()))
        : this;
  }

  /**
   * Accepts a directory that everybody may write, and so take away or replace the log. It has no
   * effect on a log in memory.
   */
  public LogStore allowOpenDirectory() {
    return settings instanceof File file
        ? new LogStore(new File(file.directory(), file.lockWait(), file.allowRamDisk(), true))
        : this;
  }

  LogStoreSettings settings() {
    return settings;
  }
}
