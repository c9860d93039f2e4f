package dev.handfast.xa.internal.management;

import dev.handfast.xa.internal.order.AuditTrail;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.spi.MessageLog;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code audit.log} beside the log: for each order a line for each transaction before, and
 * one after. It is made at the first order, for its owner alone. Without a directory, where the log
 * is in memory, the lines go to the application's log.
 */
public final class AuditLog {

  private static final MessageLog LOG = MessageLog.of(AuditLog.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final @Nullable Path file;

  private AuditLog(@Nullable Path file) {
    this.file = file;
  }

  /** In the directory of the log; null for a log in memory. */
  public static AuditLog in(@Nullable Path directory) {
    return new AuditLog(directory == null ? null : directory.resolve("audit.log"));
  }

  /**
   * The record of one order.
   *
   * @param user of the operating system, who gave it
   * @param via how it came in: {@code api}, {@code control-socket}, {@code command}
   */
  public Order order(String user, String via) {
    return new Order(user, via);
  }

  /** One order; used by one thread. */
  public final class Order implements AuditTrail {

    private final String id = Integer.toHexString(RANDOM.nextInt());
    private final String user;
    private final String via;

    private Order(String user, String via) {
      this.user = user;
      this.via = via;
    }

    /** A line for each transaction, or one for the subject; durable when it returns. */
    @Override
    public void ordered(
        Action action,
        String subject,
        boolean force,
        String reason,
        List<InDoubtTransaction> evidence)
        throws IOException {
      StringBuilder lines = new StringBuilder();
      for (InDoubtTransaction transaction : evidence) {
        lines.append(
            line(action, "before", "force", force, "reason", reason, "evidence", transaction));
      }
      if (evidence.isEmpty()) {
        lines.append(line(action, "before", "reason", reason, "subject", subject));
      }
      append(lines.toString());
      force();
    }

    /** A line; durable after {@link #force}. */
    @Override
    public void done(Action action, TransactionResult result) throws IOException {
      append(line(action, "after", "result", Documents.of(result)));
    }

    /** Forces the lines to disk. */
    @Override
    public void force() throws IOException {
      if (file != null) {
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
          out.getFD().sync();
        }
      }
    }

    private String line(Action action, String phase, @Nullable Object... more) {
      Map<String, @Nullable Object> line =
          Documents.object(
              "time", Instant.now().toString(),
              "order", id,
              "phase", phase,
              "user", user,
              "via", via,
              "command", Documents.word(action));
      for (int i = 0; i < more.length; i += 2) {
        Object value = more[i + 1];
        line.put(
            String.valueOf(more[i]),
            value instanceof InDoubtTransaction transaction ? Documents.of(transaction) : value);
      }
      return JsonWriter.write(line) + "\n";
    }
  }

  private void append(String lines) throws IOException {
    if (file == null) {
      lines
          .lines()
          .forEach(
              line ->
                  LOG.infof(
                      "HANDFAST001070 Order, not kept because the log store is in memory: %s",
                      line));
      return;
    }
    create(file);
    boolean torn = isTorn(file);
    try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
      out.write(((torn ? "\n" : "") + lines).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void create(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    FileAttribute<?>[] ownerOnly =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      Files.createFile(file, ownerOnly);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("Another order made the audit log", e);
    }
    try (FileChannel directory =
        FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** Whether a crash left a line without its end. */
  private static boolean isTorn(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      if (in.length() == 0) {
        return false;
      }
      in.seek(in.length() - 1);
      return in.read() != '\n';
    }
  }
}
