package dev.handfast.xa.it.kill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What recovery says in the application's log that it did, at starts and in passes. */
final class RecoveryLog {

  private static final Pattern DONE =
      Pattern.compile(
          "HANDFAST0010(?:02|36) .*[Rr]ecovery committed (\\d+) and rolled back (\\d+)");

  private final Path output;
  private long read;
  private long committed;
  private long rolledBack;

  RecoveryLog(Path output) {
    this.output = output;
  }

  /** Reads on, and answers how many branches recovery has ended so far. */
  long ended() throws IOException {
    if (Files.exists(output)) {
      Matcher matcher = DONE.matcher(fresh());
      while (matcher.find()) {
        committed += Long.parseLong(matcher.group(1));
        rolledBack += Long.parseLong(matcher.group(2));
      }
    }
    return committed + rolledBack;
  }

  private String fresh() throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(output)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) (file.size() - read));
      file.position(read).read(bytes);
      int end = bytes.position();
      while (end > 0 && bytes.get(end - 1) != '\n') {
        end--;
      }
      read += end;
      return new String(bytes.array(), 0, end, StandardCharsets.UTF_8);
    }
  }

  long committed() {
    return committed;
  }

  long rolledBack() {
    return rolledBack;
  }
}
