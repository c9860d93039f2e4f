package dev.handfast.xa.internal.log.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Takes a file or directory away from everybody but its owner, where the file system can. */
public final class OwnerOnly {

  private OwnerOnly() {}

  public static void file(Path file) throws IOException {
    set(file, "rw-------");
  }

  static void directory(Path directory) throws IOException {
    set(directory, "rwx------");
  }

  private static void set(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }
}
