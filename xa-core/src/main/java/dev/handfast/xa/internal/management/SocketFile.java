package dev.handfast.xa.internal.management;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The socket's place in the file system: {@code control.sock} in the log directory or, where that
 * path is too long for a socket, in a private temporary directory that the file {@code owner}
 * names. To be opened while the lock of the directory is held, so that what is there is nobody's.
 */
final class SocketFile {

  private static final String NAME = "control.sock";
  private static final int LONGEST = 100;

  private final ServerSocketChannel channel;
  private final Path path;
  private final @Nullable Path temporary;

  private SocketFile(ServerSocketChannel channel, Path path, @Nullable Path temporary) {
    this.channel = channel;
    this.path = path;
    this.temporary = temporary;
  }

  static SocketFile open(Path directory) throws IOException {
    Path beside = directory.toAbsolutePath().resolve(NAME);
    if (beside.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= LONGEST) {
      return bound(beside, null);
    }
    Files.deleteIfExists(beside);
    Path temporary = Files.createTempDirectory("handfast-");
    SocketFile file = bound(temporary.resolve(NAME), temporary);
    Files.writeString(
        directory.resolve("owner"),
        "control " + file.path + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return file;
  }

  private static SocketFile bound(Path path, @Nullable Path temporary) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path));
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      }
      return new SocketFile(channel, path, temporary);
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
    Files.deleteIfExists(path);
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }
}
