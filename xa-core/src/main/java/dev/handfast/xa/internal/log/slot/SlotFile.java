package dev.handfast.xa.internal.log.slot;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.handfast.xa.internal.log.directory.Durable;
import dev.handfast.xa.internal.log.directory.Entries;
import dev.handfast.xa.internal.log.directory.FileKey;
import dev.handfast.xa.internal.log.directory.OwnerOnly;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.spi.Uninterrupted;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the slot file: two pages of header, then one page for each slot. A write goes to a
 * descriptor that an interrupt does not close; a force needs a channel, which it does close.
 */
public final class SlotFile implements Pages {

  private static final int HEADERS = 2;
  private static final String UNFINISHED = ".new";

  private final Path path;
  private final RandomAccessFile pages;
  private final String key;
  private FileChannel channel;

  private SlotFile(Path path, RandomAccessFile pages, String key, FileChannel channel) {
    this.path = path;
    this.pages = pages;
    this.key = key;
    this.channel = channel;
  }

  /** What a new file holds. */
  @FunctionalInterface
  public interface Filling {

    /**
     * Writes everything, and need not force it.
     *
     * @param key the file's own, see {@link FileKey}
     */
    void fill(Pages file, String key) throws IOException;
  }

  /** Makes a file of free slots; it is there with all of them or not at all. */
  public static void create(Path path, int slots, String store) throws IOException {
    var unused =
        replace(
            path,
            (file, key) -> {
              for (int slot = 0; slot < slots; slot++) {
                file.write(slot, SlotPage.free(slot, 0));
              }
              SlotFileHeader header = SlotFileHeader.fresh(slots, store, key);
              file.writeHeader(header.before());
              file.writeHeader(header);
            });
  }

  /**
   * Makes a file that takes the place of the one at the path once it is whole and forced.
   *
   * @return its key
   */
  public static String replace(Path path, Filling filling) throws IOException {
    Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
    Files.deleteIfExists(unfinished);
    OwnerOnly.create(unfinished);
    String key = FileKey.ofNew(unfinished);
    try (SlotFile file = open(unfinished)) {
      filling.fill(file, key);
      file.pages.getFD().sync();
    }
    Files.move(unfinished, path, ATOMIC_MOVE);
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Durable.forceDirectory(parent);
    }
    return key;
  }

  /** Fails unless this is the file of a key: another one may stand at the path by now. */
  public void require(String expected) throws IOException {
    if (!FileKey.matches(expected, key)) {
      throw new IOException(path + " was replaced while it was being opened");
    }
  }

  /**
   * Opens a file for this process alone: the lock of the directory protects nobody once its file
   * was deleted, or where the directory was copied as links.
   *
   * @throws LogStoreException if another process has opened it
   */
  public static SlotFile open(Path path) throws IOException {
    return open(path, SlotFile::locked);
  }

  /** Opens a file to look at it, whoever has it. */
  static SlotFile look(Path path) throws IOException {
    return open(path, SlotFile::channel);
  }

  private static SlotFile open(Path path, Opening opening) throws IOException {
    RandomAccessFile pages = new RandomAccessFile(path.toFile(), "rw");
    try {
      return new SlotFile(path, pages, FileKey.of(path), opening.channel(path));
    } catch (IOException | RuntimeException | Error e) {
      pages.close();
      throw e;
    }
  }

  @FunctionalInterface
  private interface Opening {
    FileChannel channel(Path path) throws IOException;
  }

  private static FileChannel channel(Path path) throws IOException {
    return FileChannel.open(path, READ, WRITE);
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel channel = channel(path);
    try {
      if (channel.tryLock() == null) {
        throw held(path, null);
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw held(path, e);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static LogStoreException held(Path path, @Nullable Exception cause) {
    String message =
        "The log "
            + path
            + " is in use by another runtime, although the lock of its directory is free: the file"
            + " 'lock' was deleted, or the directory copied as links. To solve this, stop the other"
            + " one, and give each node a directory of its own.";
    return cause == null ? new LogStoreException(message) : new LogStoreException(message, cause);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public boolean isInPlace() throws IOException {
    return Entries.isThere(path) && FileKey.matches(key, FileKey.of(path));
  }

  @Override
  public int length() throws IOException {
    return Math.toIntExact(Math.max(0, pages.length() / SlotPage.SIZE - HEADERS));
  }

  @Override
  public byte[] readHeader(int copy) throws IOException {
    return readAt((long) copy * SlotPage.SIZE);
  }

  @Override
  public byte[] read(int slot) throws IOException {
    return readAt(offset(slot));
  }

  private byte[] readAt(long offset) throws IOException {
    byte[] page = new byte[SlotPage.SIZE];
    int done = 0;
    pages.seek(offset);
    int count = pages.read(page, 0, page.length);
    while (count > 0 && done + count < page.length) {
      done += count;
      count = pages.read(page, done, page.length - done);
    }
    return page;
  }

  @Override
  public void write(int slot, byte[] page) throws IOException {
    writeAt(offset(slot), page);
  }

  @Override
  public void cut(int slots) throws IOException {
    pages.setLength(offset(slots));
  }

  @Override
  public void writeHeader(SlotFileHeader header) throws IOException {
    writeAt((header.sequence() & 1) * SlotPage.SIZE, header.page());
  }

  private void writeAt(long offset, byte[] page) throws IOException {
    pages.seek(offset);
    pages.write(page);
  }

  private static long offset(int slot) {
    return (long) (HEADERS + slot) * SlotPage.SIZE;
  }

  @Override
  public boolean force() throws IOException {
    return Uninterrupted.call(this::forced);
  }

  private boolean forced() throws IOException {
    try {
      channel.force(false);
      return true;
    } catch (ClosedByInterruptException e) {
      channel = reopened();
      return false;
    }
  }

  /** A force of another file would vouch for nothing. */
  private FileChannel reopened() throws IOException {
    FileChannel fresh = locked(path);
    if (!FileKey.matches(key, FileKey.of(path))) {
      fresh.close();
      throw new IOException(path + " is another file by now");
    }
    return fresh;
  }

  @Override
  public void close() throws IOException {
    try (pages) {
      channel.close();
    }
  }
}
