package dev.handfast.xa.internal.log.directory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.platform.Platform;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
  private final FileChannel channel;
  private final @Nullable Path owner;

  private DirectoryLock(DirectoryClaim claim, FileChannel channel, @Nullable Path owner) {
    this.claim = claim;
    this.channel = channel;
    this.owner = owner;
  }

  /** Takes the lock and says who holds it. */
  static DirectoryLock take(Path directory, Duration wait, Platform platform) {
    return take(directory, wait, directory.resolve(OWNER), platform);
  }

  /** Takes the lock and writes nothing: whoever is refused meanwhile is told no name. */
  static DirectoryLock takeQuietly(Path directory, Duration wait, Platform platform) {
    return take(directory, wait, null, platform);
  }

  private static DirectoryLock take(
      Path directory, Duration wait, @Nullable Path owner, Platform platform) {
    try {
      DirectoryClaim claim = DirectoryClaim.of(directory);
      try {
        return take(claim, directory, wait, owner, platform);
      } catch (IOException | RuntimeException | Error e) {
        claim.close();
        throw e;
      }
    } catch (IOException e) {
      throw StoreDirectory.unusable(directory, "its lock file cannot be opened", e);
    }
  }

  private static DirectoryLock take(
      DirectoryClaim claim, Path directory, Duration wait, @Nullable Path owner, Platform platform)
      throws IOException {
    Path lock = directory.resolve(LOCK);
    if (!Entries.isThere(lock)) {
      OwnerOnly.createIfMissing(lock);
    }
    FileChannel channel = FileChannel.open(lock, WRITE, NOFOLLOW_LINKS);
    try {
      acquire(channel, directory, wait, platform);
      if (owner != null) {
        Durable.write(owner, self().getBytes(StandardCharsets.UTF_8));
      }
      return new DirectoryLock(claim, channel, owner);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static void acquire(FileChannel channel, Path directory, Duration wait, Platform platform)
      throws IOException {
    long deadline = platform.momentIn(wait);
    while (channel.tryLock() == null) {
      if (platform.nanosUntil(deadline) <= 0) {
        throw held(directory, wait);
      }
      try {
        platform.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LogStoreException(
            "The start was interrupted while it waited for handfast.log-store.directory = "
                + directory,
            e);
      }
    }
  }

  private static LogStoreException held(Path directory, Duration wait) {
    return new LogStoreException(
        "handfast.log-store.directory = "
            + directory
            + " is held by another process: "
            + owner(directory)
            + ". It was waited for "
            + wait.toMillis()
            + " ms (handfast.log-store.lock-wait). To solve this, stop that process, or give this"
            + " node a name and a directory of its own.");
  }

  private static String owner(Path directory) {
    try {
      return Files.readString(directory.resolve(OWNER)).strip();
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
        channel) {
      if (owner != null) {
        Files.deleteIfExists(owner);
      }
    } catch (IOException e) {
      throw new LogStoreException("The lock of the log store could not be released", e);
    }
  }
}
