package dev.handfast.xa.internal.log.directory;

import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.internal.disk.DirectoryStatus;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.MessageLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a log store, held by this process from {@link #open} to {@link #close}: the
 * lock, who holds it, and whose it is.
 */
public final class StoreDirectory implements AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(StoreDirectory.class);
  private static final Set<String> RAM_DISKS = Set.of("tmpfs", "ramfs");
  private static final String SLOTS = "slots";

  private final Folder folder;
  private final DirectoryLock lock;
  private final StoreFile store;

  private StoreDirectory(Folder folder, DirectoryLock lock, StoreFile store) {
    this.folder = folder;
    this.lock = lock;
    this.store = store;
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
    Folder folder = new Folder(platform.disk(), path);
    DirectoryStatus status = usable(folder);
    refuseRamDisk(path, status, settings);
    refuseOpen(path, status, settings);
    DirectoryLock lock =
        DirectoryLock.take(folder, status.identity(), settings.lockWait(), platform);
    try {
      return new StoreDirectory(folder, lock, readOrMade(folder, node, platform));
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
    Folder folder = new Folder(platform.disk(), path);
    DirectoryStatus status = requireStore(folder);
    refuseOpen(path, status, settings);
    DirectoryLock lock =
        DirectoryLock.takeQuietly(folder, status.identity(), settings.lockWait(), platform);
    try {
      return new StoreDirectory(folder, lock, read(folder, node));
    } catch (IOException e) {
      lock.close();
      throw unusable(path, "it cannot be read", e);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static DirectoryStatus requireStore(Folder folder) {
    try {
      DirectoryStatus status = folder.disk().directory(folder.path());
      if (status != null && StoreFile.isThere(folder)) {
        return status;
      }
    } catch (IOException e) {
      throw unusable(folder.path(), "it cannot be read", e);
    }
    throw unusable(folder.path(), "there is no log store in it", null);
  }

  /** A directory that was never used is given a store. */
  private static StoreFile readOrMade(Folder folder, NodeName node, Platform platform)
      throws IOException {
    if (StoreFile.isThere(folder)) {
      return read(folder, node);
    }
    if (LegacyStore.isUsed(folder) || folder.isThere(SLOTS)) {
      throw new LogStoreException(
          "The log store's identity "
              + folder.file(StoreFile.NAME)
              + " is missing, and the directory has been used: with a new identity its branches would"
              + " never be finished. To solve this, restore the file from a copy, or finish what is"
              + " in doubt by hand and name an empty directory.");
    }
    return StoreFile.create(folder, node, StoreIds.newStoreId(platform));
  }

  private static StoreFile read(Folder folder, NodeName node) throws IOException {
    StoreFile store = StoreFile.read(folder);
    NodeName owner = store.state().node();
    if (!owner.equals(node)) {
      throw new LogStoreException(
          "handfast.log-store.directory = "
              + folder.path()
              + " belongs to node '"
              + owner.value()
              + "', and handfast.node-name = '"
              + node.value()
              + "'. To solve this, restore the node name, or give this node a directory of its own.");
    }
    return store;
  }

  /** Made if it is missing. */
  private static DirectoryStatus usable(Folder folder) {
    Path path = folder.path();
    DirectoryStatus status = made(folder);
    if (!status.isDirectory()) {
      throw unusable(path, "it is a file, not a directory", null);
    }
    if (status.isReadOnly()) {
      throw unusable(path, "nobody can write to it", new IOException("Read-only file system"));
    }
    if (!status.isUsable()) {
      throw unusable(
          path, "user " + System.getProperty("user.name") + " may not read and write it", null);
    }
    return status;
  }

  private static DirectoryStatus made(Folder folder) {
    try {
      DirectoryStatus status = folder.disk().directory(folder.path());
      if (status == null) {
        folder.disk().createDirectory(folder.path());
        status = folder.disk().directory(folder.path());
      }
      return Objects.requireNonNull(status, "it was deleted meanwhile");
    } catch (IOException e) {
      throw unusable(folder.path(), "it cannot be created", e);
    }
  }

  private static void refuseOpen(
      Path path, DirectoryStatus status, LogStoreSettings.File settings) {
    if (status.permissions().contains(OTHERS_WRITE) && !settings.allowOpenDirectory()) {
      throw new LogStoreException(
          "handfast.log-store.directory = "
              + path
              + " may be written by everybody, who can so take the log away or put another one in"
              + " its place. To solve this, take that right away (chmod o-w), or set"
              + " handfast.log-store.allow-open-directory=true if nobody else is on this machine.");
    }
    if (status.permissions().contains(GROUP_WRITE)) {
      LOG.warnf(
          "HANDFAST001075 handfast.log-store.directory = %s may be written by its group, whose"
              + " members can so take the log away or put another one in its place",
          path);
    }
  }

  private static void refuseRamDisk(
      Path path, DirectoryStatus status, LogStoreSettings.File settings) {
    if (RAM_DISKS.contains(status.fileSystem()) && !settings.allowRamDisk()) {
      throw new LogStoreException(
          "handfast.log-store.directory = "
              + path
              + " is on a RAM disk ("
              + status.fileSystem()
              + "): a reboot loses every decision in it, and prepared branches with them. To solve"
              + " this, choose a directory on a disk, or set"
              + " handfast.log-store.allow-ram-disk=true if nothing in it matters.");
    }
  }

  public static LogStoreException unusable(Path path, String why, @Nullable Exception cause) {
    String message =
        "handfast.log-store.directory = "
            + path
            + " cannot be used: "
            + why
            + (cause == null ? "" : " (" + cause + ")")
            + ". To solve this, "
            + Refusal.mend(
                cause,
                "give the user of this process a directory on a local disk that it may read and"
                    + " write")
            + ".";
    return cause == null ? new LogStoreException(message) : new LogStoreException(message, cause);
  }

  /** Where it is, absolute. */
  public Path path() {
    return folder.path();
  }

  /** Its files. */
  public Folder folder() {
    return folder;
  }

  /** The random id that it was given when it was made. */
  public String storeId() {
    return store.state().storeId();
  }

  /** The starts that were completed. */
  public List<Integer> starts() {
    return store.state().starts();
  }

  /** The last of them, 0 if there is none. */
  public int lastStart() {
    return store.state().lastStart();
  }

  /** Who the store is, seen from one of its starts; 0 if it is only looked at. */
  public StoreIdentity identity(int start) {
    StoreState state = store.state();
    return new StoreIdentity(state.node(), state.storeId(), start, Set.copyOf(state.starts()));
  }

  /** The resource managers that were met. */
  public ResourceIdentities resources() {
    return ResourceIdentities.kept(store);
  }

  /** The resource managers that were met; what is learned meanwhile is not written. */
  public ResourceIdentities resourcesLookedAt() {
    return ResourceIdentities.looked(store);
  }

  /** Written down before there is a new file: nobody could tell any more that there was another. */
  public void distrustAll(String why) throws IOException {
    List<Integer> all = starts();
    if (!all.isEmpty()) {
      store.change(state -> state.with(state.distrust().with(all, List.of(why))));
    }
  }

  /**
   * What is not believed, with what was found in the slot file. Nothing is written.
   *
   * @throws LogStoreException if the file is another store's
   */
  public Distrust doubting(List<String> found, SlotFileOrigin origin) {
    StoreState state = store.state();
    List<String> doubts = new ArrayList<>(found);
    String doubt = origin.doubt(folder.path(), state);
    if (doubt != null) {
      doubts.add(doubt);
    }
    return doubts.isEmpty() ? state.distrust() : state.distrust().with(state.starts(), doubts);
  }

  /** Whether the slot file is what an earlier start left: what was decided since is not in it. */
  public boolean isOlder(SlotFileOrigin origin) {
    return origin.isOlder(store.state());
  }

  /**
   * Records that a start begins, and what it does not believe; durable when it returns.
   *
   * @param fileStart the start whose the slot file is, which it may have ended with
   * @return its id
   */
  public int begin(Distrust distrust, int fileStart, Platform platform) throws IOException {
    int start = StoreIds.newStartId(starts(), platform);
    store.change(state -> state.with(distrust).completed(fileStart).beginning(start));
    return start;
  }

  /** Records that the slot file is that start's now. */
  public void begun(int start) throws IOException {
    store.change(state -> state.begun(start));
    store.forgetLegacy();
  }

  /**
   * Records what is not believed; durable when it returns, and as before when it fails.
   *
   * @throws LogStoreException if the store is closed
   */
  public void keep(Distrust distrust) throws IOException {
    if (!distrust.equals(store.state().distrust())) {
      store.change(state -> state.with(distrust));
    }
  }

  /** Gives the lock back; nothing is written any more. */
  @Override
  public void close() {
    store.close();
    lock.close();
  }
}
