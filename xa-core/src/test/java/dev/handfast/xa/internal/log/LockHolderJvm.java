package dev.handfast.xa.internal.log;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.platform.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A small JVM that takes and gives back the lock of a directory, as it is told. */
final class LockHolderJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;

  LockHolderJvm(Path directory) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    process =
        new ProcessBuilder(
                List.of(
                    java.toString(),
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LockHolderJvm.class.getName(),
                    directory.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  long pid() {
    return process.pid();
  }

  /** Tells it {@code take} or {@code give}; the answer is {@code ok} or why not. */
  String tell(String order) throws IOException {
    OutputStream orders = process.getOutputStream();
    orders.write((order + "\n").getBytes(StandardCharsets.UTF_8));
    orders.flush();
    return answers.readLine();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] args) throws IOException {
    LogStoreSettings settings = new LogStoreSettings.File(Path.of(args[0]), Duration.ZERO, true);
    Tenure[] held = new Tenure[1];
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String order;
    while ((order = orders.readLine()) != null) {
      answer(order.equals("take") ? take(settings, held) : give(held));
    }
  }

  private static void answer(String text) {
    try {
      OutputStream out = new java.io.FileOutputStream(java.io.FileDescriptor.out);
      out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String take(LogStoreSettings settings, @Nullable Tenure[] held) {
    try {
      held[0] = Tenure.open(settings, new NodeName("test-1"), Platform.system());
      return "ok";
    } catch (LogStoreException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String give(Tenure[] held) {
    held[0].close();
    return "ok";
  }
}
