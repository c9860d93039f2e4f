package dev.handfast.xa.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * What a copy of a file does not share with it: the inode, and the moment of its birth where the
 * file system and the JDK tell it, since an inode is soon used again. The device is left out: its
 * number may change with a reboot.
 */
public final class FileKey {

  private static final String UNKNOWN = "-";

  private FileKey() {}

  public static String of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return inode(file) + '@' + birth(attributes);
  }

  private static String inode(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? String.valueOf(Files.getAttribute(file, "unix:ino"))
        : UNKNOWN;
  }

  /** The key of a file that was just made: its last change must not be the moment of its birth. */
  public static String ofNew(Path file) throws IOException {
    changeLongAgo(file);
    return of(file);
  }

  /** Java 17 lets a checked exception out that is not declared, where it cannot close the file. */
  private static void changeLongAgo(Path file) throws IOException {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(file + " could not be given a time: " + e.getMessage(), e);
    }
  }

  /** Where it is not told, the JDK answers the time of the last change. */
  private static String birth(BasicFileAttributes attributes) {
    return attributes.creationTime().equals(attributes.lastModifiedTime())
        ? UNKNOWN
        : attributes.creationTime().toInstant().toString();
  }

  /** Whether two keys may be the same file's; what one of them does not know is not compared. */
  public static boolean matches(String one, String other) {
    String[] first = one.split("@", 2);
    String[] second = other.split("@", 2);
    if (first.length != second.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      boolean known = !first[i].equals(UNKNOWN) && !second[i].equals(UNKNOWN);
      if (known && !first[i].equals(second[i])) {
        return false;
      }
    }
    return true;
  }
}
