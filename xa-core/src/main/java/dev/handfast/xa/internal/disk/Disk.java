package dev.handfast.xa.internal.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file operations of a log directory. What is written stays in the system's cache until it is
 * forced: the bytes of a file with {@link DiskFile#force}, its name with {@link #forceDirectory}.
 * Every operation may fail with an IOException, and no link is followed but that of a directory.
 * Safe for use by many threads.
 */
public interface Disk {

  /** What stands at a path. */
  enum Kind {
    /** There is no such file: no error is taken for this. */
    ABSENT,
    FILE,
    DIRECTORY,
    LINK,
    /** A device, a pipe or a socket. */
    OTHER
  }

  /** That of the machine. */
  static Disk machine() {
    return MachineDisk.INSTANCE;
  }

  /** What stands at a path; a link is not followed. */
  Kind kind(Path path) throws IOException;

  /** All bytes of a file. */
  byte[] read(Path file) throws IOException;

  /**
   * Makes an empty file, its owner's alone whatever the umask.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there
   */
  void create(Path file) throws IOException;

  /** Opens a file that is there, to read and write it. */
  DiskFile open(Path file) throws IOException;

  /**
   * Opens a file as a lock between processes. It is opened this once and not read: closing any
   * other descriptor of it in this process would release the lock.
   */
  DiskLock openLock(Path file) throws IOException;

  /** Gives a file another name, which may be another file's: that one is gone then. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file if it is there. */
  void delete(Path file) throws IOException;

  /** Makes a directory, its owner's alone, and those above it; all of it is durable on return. */
  void createDirectory(Path directory) throws IOException;

  /** What is known of a directory; null if nothing is there. A link to it is followed. */
  @Nullable DirectoryStatus directory(Path directory) throws IOException;

  /** Forces the names in a directory, undisturbed by a pending interrupt, which is kept. */
  void forceDirectory(Path directory) throws IOException;

  /** What a copy of a file does not share with it, see {@link FileKey}. */
  String key(Path file) throws IOException;

  /** The key of a file that was just made. */
  String keyOfNew(Path file) throws IOException;
}
