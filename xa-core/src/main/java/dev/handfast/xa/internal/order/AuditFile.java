package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.disk.DiskFile;
import dev.handfast.xa.internal.disk.FileKey;
import dev.handfast.xa.internal.log.directory.Folder;
import dev.handfast.xa.internal.log.record.LogStoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code audit.log} beside the log: made when the first line is written, for its owner
 * alone; a regular file, or refused. It can be moved away at any time: what was written before is
 * forced where it was written, and the next line makes a new file. Used by one thread.
 */
final class AuditFile implements AuditSink {

  private static final String NAME = "audit.log";

  private final Folder folder;
  private boolean nameForced;

  /** Open from the first line that is not forced until the force. */
  private @Nullable DiskFile unforced;

  AuditFile(Disk disk, Path directory) {
    this.folder = new Folder(disk, directory);
  }

  @Override
  public void append(String lines, boolean force, BooleanSupplier isWanted) throws IOException {
    make();
    DiskFile file = file();
    if (!isWanted.getAsBoolean()) {
      return;
    }
    if (!lines.isEmpty()) {
      write(file, lines);
    }
    if (force) {
      force(file);
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

  /** The file of that name now; one that was moved away since its last line is forced first. */
  private DiskFile file() throws IOException {
    DiskFile file = unforced;
    if (file != null && !FileKey.matches(file.key(), folder.disk().key(path()))) {
      force(file);
      file = null;
    }
    if (file == null) {
      file = folder.disk().open(path());
      unforced = file;
    }
    return file;
  }

  private static void write(DiskFile file, String lines) throws IOException {
    long end = file.length();
    String text = isTorn(file, end) ? "\n" + lines : lines;
    file.write(end, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a crash left a line without its end. */
  private static boolean isTorn(DiskFile file, long end) throws IOException {
    return end > 0 && file.read(end - 1, 1)[0] != '\n';
  }

  private void force(DiskFile file) throws IOException {
    unforced = null;
    try (file) {
      while (!file.force()) {
        // nobody interrupts this thread but by mistake
      }
    }
  }

  private Path path() {
    return folder.file(NAME);
  }

  @Override
  public String toString() {
    return path().toString();
  }
}
