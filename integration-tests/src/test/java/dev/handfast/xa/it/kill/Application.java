package dev.handfast.xa.it.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One life of {@link KillMain}. */
final class Application implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Application(Process process) {
    this.process = process;
    Thread reader = new Thread(this::listen, "lines of the application");
    reader.setDaemon(true);
    reader.start();
  }

  static Application start(KillSettings settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(KillMain.class.getName());
    command.addAll(List.of(settings.arguments()));
    return new Application(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(settings.output().toFile()))
            .start());
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("lost: " + e);
    }
    lines.add("ended with " + process.onExit().join().exitValue());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The next line, or none in that time; the last one tells how the process ended. */
  Optional<String> line(Duration within) throws InterruptedException {
    return Optional.ofNullable(lines.poll(within.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** The next line, which has to come. */
  String line() throws InterruptedException {
    return line(PATIENCE)
        .orElseThrow(() -> new AssertionError("the application said nothing for " + PATIENCE));
  }

  void say(String order) throws IOException {
    Writer writer = process.outputWriter(StandardCharsets.UTF_8);
    writer.write(order + "\n");
    writer.flush();
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
