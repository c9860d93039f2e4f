package dev.handfast.xa.testkit.broker;

import dev.handfast.xa.testkit.process.BytemanAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a broker's journal hang as a disk does that has stopped to answer: nothing more is written,
 * and who waits for a write waits. Public for Byteman; a test uses {@link BrokerProcess}.
 */
public final class HangingJournal {

  private static final String PROPERTY = "handfast.testkit.hang";
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final String RULE =
      """
      RULE writes
      CLASS org.apache.activemq.artemis.core.io.nio.NIOSequentialFile
      METHOD doInternalWrite
      AT ENTRY
      IF true
      DO dev.handfast.xa.testkit.broker.HangingJournal.awaitDisk()
      ENDRULE
      """;

  private HangingJournal() {}

  /** The JVM argument of a broker's process whose journal hangs while the file is there. */
  static String[] arguments(Path directory) {
    try {
      Files.createDirectories(directory);
      Path script = Files.writeString(directory.resolve("journal.btm"), RULE);
      return new String[] {BytemanAgent.argument(script), "-D" + PROPERTY + "=" + flag(directory)};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void hang(Path directory) {
    try {
      Files.writeString(flag(directory), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void goOn(Path directory) {
    try {
      Files.deleteIfExists(flag(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path flag(Path directory) {
    return directory.toAbsolutePath().resolve("journal-hangs");
  }

  /** For the rule: returns when the journal may write. */
  public static void awaitDisk() {
    String flag = System.getProperty(PROPERTY);
    while (flag != null && Files.exists(Path.of(flag))) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
