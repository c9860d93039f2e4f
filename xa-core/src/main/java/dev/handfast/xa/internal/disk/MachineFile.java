package dev.handfast.xa.internal.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.handfast.xa.spi.Uninterrupted;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * A write goes to a descriptor that an interrupt does not close; a force needs a channel, which it
 * does close.
 */
final class MachineFile implements DiskFile {

  private final Path path;
  private final RandomAccessFile bytes;
  private final String key;
  private FileChannel channel;
  private boolean locked;

  private MachineFile(Path path, RandomAccessFile bytes, String key, FileChannel channel) {
    this.path = path;
    this.bytes = bytes;
    this.key = key;
    this.channel = channel;
  }

  static MachineFile open(Path path) throws IOException {
    FileChannel channel = channel(path);
    try {
      String key = FileKey.of(path);
      return new MachineFile(path, bytes(path, key), key, channel);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /** Of the same file, which may be moved away meanwhile. */
  private static RandomAccessFile bytes(Path path, String key) throws IOException {
    RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "rw");
    try {
      requireSame(path, key);
      return bytes;
    } catch (IOException | RuntimeException | Error e) {
      bytes.close();
      throw e;
    }
  }

  private static void requireSame(Path path, String key) throws IOException {
    if (!FileKey.matches(key, FileKey.of(path))) {
      throw new IOException(path + " is another file by now");
    }
  }

  private static FileChannel channel(Path path) throws IOException {
    return FileChannel.open(path, READ, WRITE, NOFOLLOW_LINKS);
  }

  @Override
  public long length() throws IOException {
    return bytes.length();
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    byte[] read = new byte[length];
    int done = 0;
    bytes.seek(offset);
    int count = bytes.read(read, 0, length);
    while (count > 0 && done + count < length) {
      done += count;
      count = bytes.read(read, done, length - done);
    }
    return read;
  }

  @Override
  public void write(long offset, byte[] written) throws IOException {
    bytes.seek(offset);
    bytes.write(written);
  }

  @Override
  public void setLength(long length) throws IOException {
    bytes.setLength(length);
  }

  @Override
  public boolean force() throws IOException {
    return Uninterrupted.call(this::forced);
  }

  private boolean forced() throws IOException {
    try {
      channel.force(false);
      return true;
    } catch (ClosedByInterruptException e) {
      channel = reopened();
      return false;
    }
  }

  /** A force of another file would vouch for nothing. */
  private FileChannel reopened() throws IOException {
    FileChannel fresh = channel(path);
    try {
      requireSame(path, key);
      if (locked && fresh.tryLock() == null) {
        throw new IOException(path + " was locked by another process meanwhile");
      }
      return fresh;
    } catch (IOException | RuntimeException | Error e) {
      fresh.close();
      throw e;
    }
  }

  @Override
  public boolean tryLock() throws IOException {
    try {
      locked = channel.tryLock() != null;
      return locked;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public void close() throws IOException {
    try (bytes) {
      channel.close();
    }
  }
}
