package dev.handfast.xa.internal.management;

import dev.handfast.xa.spi.MessageLog;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The socket's place in the file system: {@code control.sock} in the log directory or, where that
 * path is too long for a socket, in a private temporary directory, to which {@code control.sock} is
 * then a link; the file {@code owner} names it too. To be opened while the lock of the directory is
 * held, so that what is there is nobody's: what a process that was killed has left is removed.
 */
final class SocketFile {

  private static final MessageLog LOG = MessageLog.of(SocketFile.class);
  private static final String NAME = "control.sock";
  private static final String TEMPORARY = "handfast-";
  private static final int LONGEST = 100;

  private final ServerSocketChannel channel;
  private final Path path;
  private final @Nullable Path link;

  private SocketFile(ServerSocketChannel channel, Path path, @Nullable Path link) {
    this.channel = channel;
    this.path = path;
    this.link = link;
  }

  static SocketFile open(Path directory) throws IOException {
    Path beside = directory.toAbsolutePath().resolve(NAME);
    removeLeft(beside);
    if (beside.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return bound(beside, null);
    }
    Path temporary = Files.createTempDirectory(TEMPORARY).resolve(NAME);
    link(beside, temporary);
    SocketFile file = bound(temporary, beside);
    Files.writeString(
        directory.resolve("owner"),
        "control " + file.path + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return file;
  }

  private static void link(Path beside, Path temporary) {
    try {
      Files.createSymbolicLink(beside, temporary);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("The temporary directory of the control socket outlives a kill", e);
    }
  }

  /** Removes a socket, or a link with the temporary directory of its socket. */
  private static void removeLeft(Path beside) throws IOException {
    if (Files.isSymbolicLink(beside)) {
      Path socket = beside.resolveSibling(Files.readSymbolicLink(beside));
      Path temporary = socket.getParent();
      if (socket.endsWith(NAME)
          && temporary != null
          && String.valueOf(temporary.getFileName()).startsWith(TEMPORARY)) {
        removeTemporary(socket, temporary);
      }
    }
    Files.deleteIfExists(beside);
  }

  private static void removeTemporary(Path socket, Path temporary) {
    try {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      LOG.debug("What a process that was killed left of its control socket stays", e);
    }
  }

  private static SocketFile bound(Path path, @Nullable Path link) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path));
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      }
      return new SocketFile(channel, path, link);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  ServerSocketChannel channel() {
    return channel;
  }

  Path path() {
    return path;
  }

  /** Ends accepting and removes what was made. */
  void close() throws IOException {
    channel.close();
    removeLeft(link == null ? path : link);
    if (link != null) {
      removeTemporary(path, Objects.requireNonNull(path.getParent()));
    }
  }
}
