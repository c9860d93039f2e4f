package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.disk.DiskFile;
import dev.handfast.xa.internal.log.record.LogStoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * The files of a log directory: absent, or a regular file. Only "no such file" is absence; whatever
 * else keeps a file from being seen may pass, and must not make a new log.
 *
 * @param disk that it is on
 * @param path of the directory, absolute
 */
public record Folder(Disk disk, Path path) {

  private static final String UNFINISHED = ".new";

  /** What a new file holds. */
  @FunctionalInterface
  public interface Filling {

    /**
     * Writes everything, and need not force it; again if need be.
     *
     * @param key the file's own, see {@link dev.handfast.xa.internal.disk.FileKey}
     */
    void fill(DiskFile file, String key) throws IOException;
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  /**
   * Whether a file is there.
   *
   * @throws LogStoreException if something is there that is no regular file, such as a link, which
   *     would be followed, or a pipe, which would hang
   * @throws IOException if that cannot be told
   */
  public boolean isThere(String name) throws IOException {
    Disk.Kind kind = disk.kind(file(name));
    return switch (kind) {
      case ABSENT -> false;
      case FILE -> true;
      case DIRECTORY -> throw odd(name, "a directory");
      case LINK -> throw odd(name, "a symbolic link");
      case OTHER -> throw odd(name, "a device, pipe or socket");
    };
  }

  private LogStoreException odd(String name, String kind) {
    return new LogStoreException(
        "The log store's "
            + file(name)
            + " is "
            + kind
            + ", and must be a regular file. To solve this, find out who put it there, and put the"
            + " file back.");
  }

  byte[] read(String name) throws IOException {
    return disk.read(file(name));
  }

  /** Makes an empty file, unless somebody else has just made it. */
  public void createIfMissing(String name) throws IOException {
    try {
      if (!isThere(name)) {
        disk.create(file(name));
      }
    } catch (FileAlreadyExistsException e) {
      // it is there
    }
  }

  /** Replaces a small file: the old content or the new one, never a mixture; durable on return. */
  public void replace(String name, byte[] content) throws IOException {
    var unused = replace(name, (file, key) -> file.write(0, content));
  }

  /**
   * Makes a file that takes the place of the one of that name once it is whole and forced.
   *
   * @return its key
   */
  public String replace(String name, Filling filling) throws IOException {
    Path unfinished = file(name + UNFINISHED);
    disk.delete(unfinished);
    disk.create(unfinished);
    String key = disk.keyOfNew(unfinished);
    try (DiskFile file = disk.open(unfinished)) {
      do {
        filling.fill(file, key);
      } while (!file.force());
    }
    disk.rename(unfinished, file(name));
    disk.forceDirectory(path);
    return key;
  }

  /** Deletes a file if it is there; durable after {@link #force}. */
  void delete(String name) throws IOException {
    disk.delete(file(name));
  }

  /** Forces the names. */
  public void force() throws IOException {
    disk.forceDirectory(path);
  }
}
