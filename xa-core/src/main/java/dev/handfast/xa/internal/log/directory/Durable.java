package dev.handfast.xa.internal.log.directory;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;

import dev.handfast.xa.spi.Uninterrupted;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files and directories, written so that they survive a power loss. */
public final class Durable {

  private Durable() {}

  /** Replaces a small file, its owner's alone: the old content or the new one, never a mixture. */
  public static void write(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    OwnerOnly.create(unfinished);
    try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
      out.write(content);
      out.getFD().sync();
    }
    Files.move(unfinished, file, ATOMIC_MOVE);
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      forceDirectory(parent);
    }
  }

  /** Makes a directory and those above it, each with its name forced. */
  static void createDirectories(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (Files.isDirectory(directory)) {
      return;
    }
    if (parent != null) {
      createDirectories(parent);
    }
    Files.createDirectories(directory);
    if (parent != null) {
      forceDirectory(parent);
    }
  }

  /** Forces the names in a directory, undisturbed by a pending interrupt, which is kept. */
  public static void forceDirectory(Path directory) throws IOException {
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
}
