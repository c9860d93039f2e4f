package dev.handfast.xa.internal.order;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.log.directory.Folder;
import dev.handfast.xa.internal.log.record.LogStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * The file {@code audit.log} beside the log: made when the first line is written, for its owner
 * alone; a regular file, or refused. It is opened anew for each write, so that it can be moved
 * away. Used by one thread.
 */
final class AuditFile implements AuditSink {

  private static final String NAME = "audit.log";

  private final Folder folder;
  private final Path file;
  private boolean nameForced;

  AuditFile(Path directory) {
    this.folder = new Folder(Disk.machine(), directory);
    this.file = folder.file(NAME);
  }

  @Override
  public void append(String lines, boolean force, BooleanSupplier isWanted) throws IOException {
    make();
    try (FileChannel out = FileChannel.open(file, WRITE, APPEND, NOFOLLOW_LINKS)) {
      if (!isWanted.getAsBoolean()) {
        return;
      }
      if (!lines.isEmpty()) {
        write(out, (isTorn() ? "\n" : "") + lines);
      }
      if (force) {
        out.force(true);
      }
    }
  }

  private void make() throws IOException {
    try {
      if (!folder.isThere(NAME)) {
        nameForced = false;
        folder.createIfMissing(NAME);
      }
      if (!nameForced) {
        folder.force();
        nameForced = true;
      }
    } catch (LogStoreException e) {
      throw new AuditRefusal(
          e.getMessage() + " If there was no audit log before, take it away: an order makes one.",
          e);
    }
  }

  private static void write(FileChannel out, String lines) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** Whether a crash left a line without its end. */
  private boolean isTorn() throws IOException {
    try (FileChannel in = FileChannel.open(file, READ, NOFOLLOW_LINKS)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return in.size() > 0 && in.read(last, in.size() - 1) == 1 && last.get(0) != '\n';
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
