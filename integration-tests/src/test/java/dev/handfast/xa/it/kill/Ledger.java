package dev.handfast.xa.it.kill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The application's plain file: a line when a transaction begins, and one when it was told the
 * outcome. A line is one write of 16 bytes, which never crosses a page, so a kill cannot tear it.
 */
final class Ledger implements AutoCloseable {

  private static final char BEGUN = 'B';
  private static final int LINE = 16;

  private final OutputStream file;

  private Ledger(OutputStream file) {
    this.file = file;
  }

  static Ledger append(Path path) throws IOException {
    return new Ledger(
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  void begun(long id) throws IOException {
    write(BEGUN, id);
  }

  void told(long id, ToldOutcome answer) throws IOException {
    write(answer.mark(), id);
  }

  private void write(char mark, long id) throws IOException {
    String line = String.format(Locale.ROOT, "%c%014d\n", mark, id);
    file.write(line.getBytes(StandardCharsets.US_ASCII));
  }

  /** Every transaction that was begun, with what was told of it; empty if nothing was. */
  static Map<Long, Optional<ToldOutcome>> read(Path path) throws IOException {
    Map<Long, Optional<ToldOutcome>> told = new HashMap<>();
    List<String> lines = Files.exists(path) ? Files.readAllLines(path) : List.of();
    for (String line : lines) {
      long id = Long.parseLong(line.substring(1));
      char mark = line.charAt(0);
      told.put(id, mark == BEGUN ? Optional.empty() : Optional.of(ToldOutcome.of(mark)));
    }
    return told;
  }

  /** The lines so far; there are at least as many as transactions. */
  static long lines(Path path) throws IOException {
    return Files.exists(path) ? Files.size(path) / LINE : 0;
  }

  /** Whether a commit was told after so many lines. */
  static boolean hasCommitAfter(Path path, long lines) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(path)) {
      ByteBuffer rest = ByteBuffer.allocate((int) (file.size() - lines * LINE));
      file.position(lines * LINE).read(rest);
      for (int at = 0; at < rest.position(); at += LINE) {
        if (rest.get(at) == ToldOutcome.COMMITTED.mark()) {
          return true;
        }
      }
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
