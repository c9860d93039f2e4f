package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.internal.log.record.LogStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The files of a log directory: absent, or a regular file. Only "no such file" is absence; whatever
 * else keeps a file from being seen may pass, and must not make a new log.
 */
public final class Entries {

  private Entries() {}

  /**
   * Whether a file is there.
   *
   * @throws LogStoreException if something is there that is no regular file, such as a link, which
   *     would be followed, or a pipe, which would hang
   * @throws IOException if that cannot be told
   */
  public static boolean isThere(Path file) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new LogStoreException(
            "The log store's "
                + file
                + " is "
                + kind(attributes)
                + ", and must be a regular file. To solve this, find out who put it there, and put"
                + " the file back.");
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static String kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return "a symbolic link";
    }
    return attributes.isDirectory() ? "a directory" : "a device, pipe or socket";
  }
}
