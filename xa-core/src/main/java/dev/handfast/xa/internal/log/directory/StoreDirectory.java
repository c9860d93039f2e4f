package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a log store, held by this process from {@link #open} to {@link #close}: the
 * lock, who holds it, and whose it is.
 */
public final class StoreDirectory implements AutoCloseable {

  private static final Set<String> RAM_DISKS = Set.of("tmpfs", "ramfs");

  private final Path path;
  private final DirectoryLock lock;
  private final String storeId;

  private StoreDirectory(Path path, DirectoryLock lock, String storeId) {
    this.path = path;
    this.lock = lock;
    this.storeId = storeId;
  }

  /**
   * Makes the directory if it is missing, takes its lock, and checks that it belongs to the node.
   *
   * @throws LogStoreException if it is held by another process, belongs to another node, is on a
   *     RAM disk that is not allowed, or cannot be written
   */
  public static StoreDirectory open(
      LogStoreSettings.File settings, NodeName node, Platform platform) {
    Path path = settings.directory().toAbsolutePath().normalize();
    create(path);
    refuseRamDisk(path, settings);
    DirectoryLock lock = DirectoryLock.take(path, settings.lockWait(), platform);
    try {
      return new StoreDirectory(path, lock, IdentityFiles.storeId(path, node, platform));
    } catch (IOException e) {
      lock.close();
      throw unusable(path, "it cannot be written", e);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Takes the lock of a directory that is a store of the node's, and writes nothing.
   *
   * @throws LogStoreException if it is not one, is held by another process, or belongs to another
   *     node
   */
  public static StoreDirectory look(
      LogStoreSettings.File settings, NodeName node, Platform platform) {
    Path path = settings.directory().toAbsolutePath().normalize();
    if (!IdentityFiles.isStore(path)) {
      throw unusable(path, "there is no log store in it", null);
    }
    DirectoryLock lock = DirectoryLock.takeQuietly(path, settings.lockWait(), platform);
    try {
      return new StoreDirectory(path, lock, IdentityFiles.storeId(path, node, platform));
    } catch (IOException e) {
      lock.close();
      throw unusable(path, "it cannot be read", e);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static void create(Path path) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw unusable(path, "it is a file, not a directory", null);
      }
      if (!Files.exists(path)) {
        Durable.createDirectories(path);
        OwnerOnly.directory(path);
      }
    } catch (IOException e) {
      throw unusable(path, "it cannot be created", e);
    }
    if (!Files.isReadable(path) || !Files.isWritable(path) || !Files.isExecutable(path)) {
      throw unusable(
          path, "user " + System.getProperty("user.name") + " may not read and write it", null);
    }
  }

  private static void refuseRamDisk(Path path, LogStoreSettings.File settings) {
    try {
      FileStore disk = Files.getFileStore(path);
      if (RAM_DISKS.contains(disk.type()) && !settings.allowRamDisk()) {
        throw new LogStoreException(
            "handfast.log-store.directory = "
                + path
                + " is on a RAM disk ("
                + disk.type()
                + "): a reboot loses every decision in it, and prepared branches with them. To solve"
                + " this, choose a directory on a disk, or set"
                + " handfast.log-store.allow-ram-disk=true if nothing in it matters.");
      }
    } catch (IOException e) {
      throw unusable(path, "its file system cannot be told", e);
    }
  }

  public static LogStoreException unusable(Path path, String why, @Nullable Exception cause) {
    String message =
        "handfast.log-store.directory = "
            + path
            + " cannot be used: "
            + why
            + (cause == null ? "" : " (" + cause + ")")
            + ". To solve this, give the user of this process a directory on a local disk that it may"
            + " read and write.";
    return cause == null ? new LogStoreException(message) : new LogStoreException(message, cause);
  }

  /** Where it is, absolute. */
  public Path path() {
    return path;
  }

  /** The random id that it was given when it was made. */
  public String storeId() {
    return storeId;
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    lock.close();
  }
}
