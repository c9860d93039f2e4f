package dev.handfast.xa.internal.log.directory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Takes a file or directory away from everybody but its owner, where the file system can. */
public final class OwnerOnly {

  private OwnerOnly() {}

  /** Makes a file, whatever the umask; refuses one that is there, a link included. */
  public static void create(Path file) throws IOException {
    if (isPosix(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  /** Makes a file, unless somebody else has just made it. */
  static void createIfMissing(Path file) throws IOException {
    try {
      create(file);
    } catch (FileAlreadyExistsException e) {
      // it is there
    }
  }

  static void directory(Path directory) throws IOException {
    set(directory, "rwx------");
  }

  private static void set(Path path, String permissions) throws IOException {
    if (isPosix(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
