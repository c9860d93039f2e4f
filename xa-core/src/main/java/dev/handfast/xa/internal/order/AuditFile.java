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

  /** Why lines that others wait to have forced may be lost: the system tells a failure once. */
  private @Nullable IOException lost;

  AuditFile(Disk disk, Path directory) {
    this.folder = new Folder(disk, directory);
  }

  @Override
  public void append(String lines, boolean force, BooleanSupplier isWanted) throws IOException {
    make();
    DiskFile file = file();
    if (!isWanted.getAsBoolean()) {
      release(file);
    } else if (lines.isEmpty()) {
      forceAll(file);
    } else {
      appendTo(file, lines, force);
    }
  }

  private void release(DiskFile file) throws IOException {
    if (file != unforced) {
      file.close();
    }
  }

  private void appendTo(DiskFile file, String lines, boolean force) throws IOException {
    boolean others = unforced != null;
    unforced = file;
    write(file, lines);
    if (force) {
      force(file, others);
    }
  }

  /** What was written before, by whomever, is durable when this returns. */
  private void forceAll(DiskFile file) throws IOException {
    IOException failure = lost;
    lost = null;
    force(file, false);
    if (failure != null) {
      throw failure;
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
    if (file == null) {
      return folder.disk().open(path());
    }
    if (FileKey.matches(file.key(), folder.disk().key(path()))) {
      return file;
    }
    try {
      force(file, true);
    } catch (IOException e) {
      // kept for whoever waits for those lines
    }
    return folder.disk().open(path());
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

  /**
   * Forces a file and closes it.
   *
   * @param others whether it has lines that somebody else will want to have forced
   */
  private void force(DiskFile file, boolean others) throws IOException {
    unforced = null;
    try (file) {
      if (!file.force()) {
        throw new IOException("the force of " + path() + " was interrupted");
      }
    } catch (IOException e) {
      if (others) {
        lost = e;
      }
      throw e;
    }
  }

  /** Forces what is not forced, and keeps no file open. */
  @Override
  public void close() throws IOException {
    DiskFile file = unforced;
    if (file != null) {
      force(file, false);
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
