package dev.handfast.xa.internal.disk;

import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * What is known of a directory.
 *
 * @param isDirectory whether it is one
 * @param isUsable whether this process may read, write and enter it
 * @param fileSystem what it is on: {@code ext4}, {@code tmpfs}
 * @param isReadOnly whether nobody can write to that
 * @param permissions of its mode; empty where there is none
 * @param identity the same for every path to it on this machine
 */
public record DirectoryStatus(
    boolean isDirectory,
    boolean isUsable,
    String fileSystem,
    boolean isReadOnly,
    Set<PosixFilePermission> permissions,
    String identity) {

  public DirectoryStatus {
    permissions = Set.copyOf(permissions);
  }
}
