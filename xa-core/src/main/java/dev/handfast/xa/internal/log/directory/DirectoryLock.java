package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.internal.disk.DiskLock;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.platform.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The exclusive lock of a directory: an empty file {@code lock}, opened once and never read,
 * because closing any other descriptor of it in this process would release it (fcntl). Who holds it
 * is told by {@code owner}, a second file, which is gone after an orderly close.
 */
final class DirectoryLock implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String OWNER = "owner";
  private static final Duration POLL = Duration.ofMillis(50);

  private final DirectoryClaim claim;
  private final DiskLock lock;
  private final Folder folder;
  private final boolean told;

  private DirectoryLock(DirectoryClaim claim, DiskLock lock, Folder folder, boolean told) {
    this.claim = claim;
    this.lock = lock;
    this.folder = folder;
    this.told = told;
  }

  /** Takes the lock and says who holds it. */
  static DirectoryLock take(Folder folder, String identity, Duration wait, Platform platform) {
    return take(folder, identity, wait, true, platform);
  }

  /** Takes the lock and writes nothing: whoever is refused meanwhile is told no name. */
  static DirectoryLock takeQuietly(
      Folder folder, String identity, Duration wait, Platform platform) {
    return take(folder, identity, wait, false, platform);
  }

  private static DirectoryLock take(
      Folder folder, String identity, Duration wait, boolean told, Platform platform) {
    DirectoryClaim claim = DirectoryClaim.of(folder.path(), identity);
    try {
      return take(claim, folder, wait, told, platform);
    } catch (RuntimeException | Error e) {
      claim.close();
      throw e;
    } catch (IOException e) {
      claim.close();
      throw StoreDirectory.unusable(folder.path(), "its lock file cannot be opened", e);
    }
  }

  private static DirectoryLock take(
      DirectoryClaim claim, Folder folder, Duration wait, boolean told, Platform platform)
      throws IOException {
    folder.createIfMissing(LOCK);
    DiskLock lock = folder.disk().openLock(folder.file(LOCK));
    try {
      acquire(lock, folder, wait, platform);
      if (told) {
        folder.replace(OWNER, self().getBytes(StandardCharsets.UTF_8));
      }
      return new DirectoryLock(claim, lock, folder, told);
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static void acquire(DiskLock lock, Folder folder, Duration wait, Platform platform)
      throws IOException {
    long deadline = platform.momentIn(wait);
    while (!lock.tryTake()) {
      if (platform.nanosUntil(deadline) <= 0) {
        throw held(folder, wait);
      }
      try {
        platform.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LogStoreException(
            "The start was interrupted while it waited for handfast.log-store.directory = "
                + folder.path(),
            e);
      }
    }
  }

  private static LogStoreException held(Folder folder, Duration wait) {
    return new LogStoreException(
        "handfast.log-store.directory = "
            + folder.path()
            + " is held by another process: "
            + owner(folder)
            + ". It was waited for "
            + wait.toMillis()
            + " ms (handfast.log-store.lock-wait). To solve this, stop that process, or give this"
            + " node a name and a directory of its own.");
  }

  private static String owner(Folder folder) {
    try {
      return new String(folder.read(OWNER), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "pid unknown, its owner file cannot be read";
    }
  }

  private static String self() {
    ProcessHandle process = ProcessHandle.current();
    Instant started = process.info().startInstant().orElseGet(Instant::now);
    return "pid " + process.pid() + " on " + host() + ", started " + started + "\n";
  }

  private static String host() {
    String name = System.getenv("HOSTNAME");
    if (name != null && !name.isBlank()) {
      return name;
    }
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "this host";
    }
  }

  @Override
  public void close() {
    try (claim;
        lock) {
      if (told) {
        folder.delete(OWNER);
      }
    } catch (IOException e) {
      throw new LogStoreException("The lock of the log store could not be released", e);
    }
  }
}
