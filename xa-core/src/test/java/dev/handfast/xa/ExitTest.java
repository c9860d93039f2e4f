package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.scripted.ScriptedRm;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a JVM with a runtime ends. */
final class ExitTest {

  @TempDir Path directory;

  /** The program under test. */
  static final class Program {

    private final PrintStream out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final ScriptedRm orders = new ScriptedRm("orders");
    private final ScriptedRm events = new ScriptedRm("events");
    private final Handfast handfast;

    private Program(Path directory) {
      handfast =
          Nodes.builder(directory, orders, events).recoveryPeriod(Duration.ofMillis(5)).start();
    }

    public static void main(String[] args) throws Exception {
      Program program = new Program(Path.of(args[1]));
      if (args[0].equals("return")) {
        program.workAndClose();
      } else {
        program.exitWithWorkLeft();
      }
    }

    private void workAndClose() {
      handfast.run(
          () -> {
            handfast.resource(orders).work();
            handfast.resource(events).work();
          });
      handfast.close();
      out.println("committed " + orders.committed().size());
    }

    private void exitWithWorkLeft() throws InterruptedException {
      handfast.closeOnShutdown(Duration.ofMillis(50));
      CountDownLatch working = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      Thread body =
          new Thread(
              () ->
                  handfast.run(
                      () -> {
                        handfast
                            .resource(orders)
                            .work()
                            .whenFinished(
                                () -> out.println("told on " + Thread.currentThread().getName()));
                        working.countDown();
                        awaitQuietly(never);
                      }));
      body.start();
      working.await();
      System.exit(3);
    }

    private static void awaitQuietly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record Ended(int code, String output) {}

  private Ended run(String mode) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Program.class.getName(),
                    mode,
                    directory.toString()))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  @Test
  void endsByItselfAfterAClose() throws Exception {
    Ended ended = run("return");

    assertThat(ended.output()).contains("committed 1");
    assertThat(ended.code()).isZero();
  }

  @Test
  void tellsAtShutdownWhatItRollsBack() throws Exception {
    assertThat(run("exit").output()).containsOnlyOnce("HANDFAST001051");
  }

  @Test
  void closesAtShutdownAndRollsBackWhatStillRuns() throws Exception {
    Ended ended = run("exit");

    assertThat(ended.output()).contains("told on handfast-timeout");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(directory.resolve("log/owner")).as("closed in order").doesNotExist();
  }
}
