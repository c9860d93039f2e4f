package dev.handfast.xa.internal.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.handfast.xa.spi.Uninterrupted;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file system of the machine. */
final class MachineDisk implements Disk {

  static final Disk INSTANCE = new MachineDisk();

  private static final Set<PosixFilePermission> OWNERS_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNERS_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private MachineDisk() {}

  @Override
  public Kind kind(Path path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
      if (attributes.isRegularFile()) {
        return Kind.FILE;
      }
      if (attributes.isSymbolicLink()) {
        return Kind.LINK;
      }
      return attributes.isDirectory() ? Kind.DIRECTORY : Kind.OTHER;
    } catch (NoSuchFileException e) {
      return Kind.ABSENT;
    }
  }

  @Override
  public byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  @Override
  public void create(Path file) throws IOException {
    if (isPosix(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS_FILE));
    } else {
      Files.createFile(file);
    }
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return MachineFile.open(file);
  }

  @Override
  public DiskLock openLock(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, WRITE, NOFOLLOW_LINKS);
    return new DiskLock() {
      @Override
      public boolean tryTake() throws IOException {
        try {
          return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
          return false; // the same file under another name
        }
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    withThoseAbove(directory);
    if (isPosix(directory)) {
      Files.setPosixFilePermissions(directory, OWNERS_DIRECTORY);
    }
  }

  private void withThoseAbove(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (Files.isDirectory(directory)) {
      return;
    }
    if (parent != null) {
      withThoseAbove(parent);
    }
    Files.createDirectories(directory);
    if (parent != null) {
      forceDirectory(parent);
    }
  }

  @Override
  public @Nullable DirectoryStatus directory(Path directory) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(directory, BasicFileAttributes.class);
      FileStore disk = Files.getFileStore(directory);
      return new DirectoryStatus(
          attributes.isDirectory(),
          Files.isReadable(directory)
              && Files.isWritable(directory)
              && Files.isExecutable(directory),
          disk.type(),
          disk.isReadOnly(),
          isPosix(directory) ? Files.getPosixFilePermissions(directory) : Set.of(),
          identity(directory, attributes));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static String identity(Path directory, BasicFileAttributes attributes)
      throws IOException {
    Object key = attributes.fileKey();
    return key == null ? directory.toRealPath().toString() : key.toString();
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    boolean forced = false;
    while (!forced) {
      forced = Uninterrupted.call(() -> forced(directory));
    }
  }

  private static boolean forced(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }

  @Override
  public String key(Path file) throws IOException {
    return FileKey.of(file);
  }

  @Override
  public String keyOfNew(Path file) throws IOException {
    return FileKey.ofNew(file);
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
