package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.disk.DiskFile;
import dev.handfast.xa.internal.disk.FileKey;
import dev.handfast.xa.internal.log.directory.Folder;
import dev.handfast.xa.internal.log.record.LogStoreException;
import java.io.IOException;
import java.nio.file.Path;

/** The bytes of the slot file: two pages of header, then one page for each slot. */
public final class SlotFile implements Pages {

  private static final int HEADERS = 2;

  private final Folder folder;
  private final String name;
  private final DiskFile file;

  private SlotFile(Folder folder, String name, DiskFile file) {
    this.folder = folder;
    this.name = name;
    this.file = file;
  }

  /** What a new file holds. */
  @FunctionalInterface
  public interface Filling {

    /**
     * Writes everything, and need not force it; again if need be.
     *
     * @param key the file's own, see {@link FileKey}
     */
    void fill(Pages file, String key) throws IOException;
  }

  /** Makes a file of free slots; it is there with all of them or not at all. */
  public static void create(Folder folder, String name, int slots, String store)
      throws IOException {
    var unused =
        replace(
            folder,
            name,
            (file, key) -> {
              for (int slot = 0; slot < slots; slot++) {
                file.write(slot, SlotPage.free(slot, 0, 0));
              }
              SlotFileHeader header = SlotFileHeader.fresh(slots, store, key);
              file.writeHeader(header.before());
              file.writeHeader(header);
            });
  }

  /**
   * Makes a file that takes the place of the one of that name once it is whole and forced.
   *
   * @return its key
   */
  public static String replace(Folder folder, String name, Filling filling) throws IOException {
    return folder.replace(name, (file, key) -> filling.fill(new SlotFile(folder, name, file), key));
  }

  /** Fails unless this is the file of a key: another one may stand at the path by now. */
  public void require(String expected) throws IOException {
    if (!FileKey.matches(expected, key())) {
      throw new IOException(path() + " was replaced while it was being opened");
    }
  }

  /**
   * Opens a file for this process alone: the lock of the directory protects nobody once its file
   * was deleted, or where the directory was copied as links.
   *
   * @throws LogStoreException if another process has opened it
   */
  public static SlotFile open(Folder folder, String name) throws IOException {
    SlotFile file = look(folder, name);
    try {
      if (!file.file.tryLock()) {
        throw held(file.path());
      }
      return file;
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** Opens a file to look at it, whoever has it. */
  static SlotFile look(Folder folder, String name) throws IOException {
    return new SlotFile(folder, name, folder.disk().open(folder.file(name)));
  }

  private static LogStoreException held(Path path) {
    return new LogStoreException(
        "The log "
            + path
            + " is in use by another runtime, although the lock of its directory is free: the file"
            + " 'lock' was deleted, or the directory copied as links. To solve this, stop the other"
            + " one, and give each node a directory of its own.");
  }

  @Override
  public Path path() {
    return folder.file(name);
  }

  @Override
  public String key() {
    return file.key();
  }

  @Override
  public boolean isInPlace() throws IOException {
    Disk disk = folder.disk();
    return folder.isThere(name) && FileKey.matches(key(), disk.key(path()));
  }

  @Override
  public int length() throws IOException {
    return Math.toIntExact(Math.max(0, file.length() / SlotPage.SIZE - HEADERS));
  }

  @Override
  public byte[] readHeader(int copy) throws IOException {
    return file.read((long) copy * SlotPage.SIZE, SlotPage.SIZE);
  }

  @Override
  public byte[] read(int slot) throws IOException {
    return file.read(offset(slot), SlotPage.SIZE);
  }

  @Override
  public byte[] readRun(int first, int count) throws IOException {
    return file.read(offset(first), count * SlotPage.SIZE);
  }

  @Override
  public void write(int slot, byte[] page) throws IOException {
    file.write(offset(slot), page);
  }

  @Override
  public void writeRun(int first, byte[] run) throws IOException {
    file.write(offset(first), run);
  }

  @Override
  public void cut(int slots) throws IOException {
    file.setLength(offset(slots));
  }

  @Override
  public void writeHeader(SlotFileHeader header) throws IOException {
    file.write((header.sequence() & 1) * SlotPage.SIZE, header.page());
  }

  private static long offset(int slot) {
    return (long) (HEADERS + slot) * SlotPage.SIZE;
  }

  @Override
  public boolean force() throws IOException {
    return file.force();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
