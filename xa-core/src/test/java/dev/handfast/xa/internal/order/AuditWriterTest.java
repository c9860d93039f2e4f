package dev.handfast.xa.internal.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.scripted.LiveThreads;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log behind a disk that hangs: the open of a pipe that nobody reads. */
final class AuditWriterTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String THREAD = "handfast-audit";

  @TempDir Path directory;
  private volatile boolean hangs = true;
  private Path pipe;
  private AuditWriter writer;

  @BeforeEach
  void makePipe() throws Exception {
    pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
  }

  @AfterEach
  void close() throws IOException {
    letGo();
    writer.close();
  }

  private AuditWriter writer(Duration bound) {
    AuditFile file = new AuditFile(Disk.machine(), directory);
    writer =
        new AuditWriter(
            new AuditSink() {
              @Override
              public void append(String lines, boolean force, BooleanSupplier isWanted)
                  throws IOException {
                if (hangs) {
                  new FileOutputStream(pipe.toFile(), true).close();
                }
                file.append(lines, force, isWanted);
              }

              @Override
              public String toString() {
                return file.toString();
              }
            },
            bound,
            Platform.system());
    return writer;
  }

  /** Somebody reads the pipe, so that its open returns. */
  private void letGo() throws IOException {
    if (hangs) {
      hangs = false;
      try (InputStream in = Files.newInputStream(pipe)) {
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  private List<String> lines() throws IOException {
    Path file = directory.resolve("audit.log");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Test
  void givesAHangingWriteUpAndRefusesTheNextAtOnce() {
    writer(Duration.ofMillis(50));

    assertThatIOException()
        .isThrownBy(() -> writer.order("before\n", () -> "withdrawn\n"))
        .withMessageContaining("audit.log has not answered within 50 ms. To solve this, ");
    assertThatIOException()
        .isThrownBy(() -> writer.result("after\n"))
        .withMessageContaining("An earlier write to")
        .withMessageContaining("has not returned. To solve this, ");
  }

  @Test
  void neverWritesWhatItGaveUpButThatItIsWithdrawn() throws IOException {
    writer(Duration.ofSeconds(3)); // in which a write that does not hang has to return
    assertThatIOException().isThrownBy(() -> writer.order("before\n", () -> "withdrawn\n"));

    letGo();
    await().untilAsserted(() -> assertThat(lines()).containsExactly("withdrawn"));

    writer.order("another\n", () -> "never\n");
    assertThat(lines()).containsExactly("withdrawn", "another");
  }

  @Test
  void closesAtOnceAndWritesNothingOfAnOrderAfterwards() throws Exception {
    LiveThreads before = LiveThreads.now();
    writer(LONG);
    CompletableFuture<String> order = CompletableFuture.supplyAsync(this::refusal);
    await().untilAsserted(() -> assertThat(before.added()).contains(THREAD));

    CompletableFuture.runAsync(writer::close).get(10, TimeUnit.SECONDS);

    assertThat(order.get(10, TimeUnit.SECONDS)).isEqualTo("The runtime is closed");
    letGo();
    await().untilAsserted(() -> assertThat(before.added()).doesNotContain(THREAD));
    assertThat(lines()).isEmpty();
  }

  private String refusal() {
    try {
      writer.order("before\n", () -> "withdrawn\n");
      return "written";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void refusesWhatComesAfterTheClose() {
    hangs = false;
    writer(LONG).close();

    assertThat(refusal()).isEqualTo("The runtime is closed");
  }
}
