package dev.handfast.xa.internal.log.directory;

import static java.util.Objects.requireNonNull;

import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.spi.MessageLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code store}, and {@code store.twin}, which is the same and written after it: what
 * damages one of them costs nothing. Safe for use by many threads.
 */
public final class StoreFile {

  private static final MessageLog LOG = MessageLog.of(StoreFile.class);

  static final String NAME = "store";
  private static final String TWIN = "store.twin";

  private final @Nullable Folder folder;
  private final ReentrantLock lock = new ReentrantLock();
  private StoreState state;
  private boolean closed;

  private StoreFile(@Nullable Folder folder, StoreState state) {
    this.folder = folder;
    this.state = state;
  }

  static StoreFile ofMemory(NodeName node, String storeId) {
    return new StoreFile(null, StoreState.fresh(node, storeId));
  }

  /** A new store; durable when it returns. */
  static StoreFile create(Folder folder, NodeName node, String storeId) throws IOException {
    StoreFile file = new StoreFile(folder, StoreState.fresh(node, storeId));
    file.write(file.state);
    return file;
  }

  /** Why a change could not be written; of a store in memory every one can be. */
  LogStoreException unusable(String why, IOException cause) {
    return StoreDirectory.unusable(requireNonNull(folder).path(), why, cause);
  }

  static boolean isThere(Folder folder) throws IOException {
    return folder.isThere(NAME) || folder.isThere(TWIN);
  }

  /**
   * Reads a store and changes nothing. Of two whole files the newer one counts.
   *
   * @throws LogStoreException if it cannot be read
   */
  static StoreFile read(Folder folder) throws IOException {
    if (!folder.isThere(TWIN)) {
      StoreState legacy = LegacyStore.read(folder);
      if (legacy != null) {
        return new StoreFile(folder, legacy);
      }
    }
    StoreState first = readable(folder, NAME);
    StoreState twin = readable(folder, TWIN);
    StoreState newest = newest(first, twin);
    if (newest == null) {
      refuseOther(folder);
      throw damaged(folder.path());
    }
    return new StoreFile(folder, newest);
  }

  private static @Nullable StoreState newest(@Nullable StoreState one, @Nullable StoreState other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.version() >= other.version() ? one : other;
  }

  private static @Nullable StoreState readable(Folder folder, String name) throws IOException {
    if (!folder.isThere(name)) {
      return null;
    }
    byte[] bytes;
    try {
      bytes = folder.read(name);
    } catch (IOException e) {
      LOG.warnf(
          e,
          "HANDFAST001068 The log store's %s is damaged or cannot be read; its twin is used",
          folder.file(name));
      return null;
    }
    StoreState state = StoreText.state(bytes);
    if (state == null) {
      LOG.warnf(
          "HANDFAST001068 The log store's %s is damaged or cannot be read; its twin is used",
          folder.file(name));
    }
    return state;
  }

  private static void refuseOther(Folder folder) throws IOException {
    byte[] bytes = folder.isThere(NAME) ? folder.read(NAME) : new byte[0];
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String first = text.lines().findFirst().orElse("");
    if (first.matches("handfast-log [0-9]{1,9}") && !StoreText.isOfThisFormat(bytes)) {
      throw new LogStoreException(
          "The log store's identity "
              + folder.file(NAME)
              + " has the format '"
              + first
              + "', and this release knows '"
              + StoreText.FORMAT
              + "' and the one before. To solve this, use the release that wrote it.");
    }
  }

  private static LogStoreException damaged(Path directory) {
    return new LogStoreException(
        "The log store's "
            + directory.resolve(NAME)
            + " and "
            + directory.resolve(TWIN)
            + " are damaged or missing, both of them: whose branches are in doubt cannot be told. To"
            + " solve this, restore one of them from a copy, or finish what is in doubt by hand and"
            + " name an empty directory.");
  }

  /** As it was read, or written last. */
  StoreState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Changes what is known; durable when it returns. When it fails, what was known is still so, and
   * stands in the file again if it could be written back.
   *
   * @throws LogStoreException if the store is closed
   */
  void change(UnaryOperator<StoreState> change) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new LogStoreException(
            "The log store is closed: " + folder + " is not written any more");
      }
      StoreState before = state;
      StoreState after = change.apply(before);
      try {
        write(after);
      } catch (IOException | RuntimeException | Error e) {
        restore(before, after, e);
        throw e;
      }
      state = after;
    } finally {
      lock.unlock();
    }
  }

  /** What was written may be there: it must not count. */
  private void restore(StoreState before, StoreState after, Throwable why) {
    state = before.newerThan(after);
    try {
      write(state);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private void write(StoreState changed) throws IOException {
    if (folder != null) {
      byte[] bytes = StoreText.bytes(changed);
      if (StoreText.state(bytes) == null) {
        throw new IOException("what is to be written into " + NAME + " could not be read again");
      }
      folder.replace(NAME, bytes);
      folder.replace(TWIN, bytes);
    }
  }

  /** The files of the format before are not needed any more, and do no harm. */
  void forgetLegacy() {
    try {
      if (folder != null) {
        LegacyStore.delete(folder);
      }
    } catch (IOException e) {
      LOG.debug("Files of the format before could not be deleted", e);
    }
  }

  /** Nothing is written any more: the directory may be another process's from now on. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
