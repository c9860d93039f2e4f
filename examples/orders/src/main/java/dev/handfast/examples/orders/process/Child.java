package dev.handfast.examples.orders.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/** A Java process of ours: words come up from it, orders go down to it; it dies with its parent. */
public final class Child implements AutoCloseable {

  private final String name;
  private final Path log;
  private final Process process;
  private final PrintWriter orders;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /**
   * Starts a main class.
   *
   * @param log to which the child's standard error and stray output are appended
   * @param words to which what it says is added, its end last
   */
  public static Child start(JavaCommand command, Path log, BlockingQueue<Word> words)
      throws IOException {
    Process process =
        new ProcessBuilder(command.line())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Child child = new Child(command.name(), log, process);
    Thread reader = new Thread(() -> child.listen(words), "words-of-" + child.name);
    reader.setDaemon(true);
    reader.start();
    return child;
  }

  /** For messages: {@code application}. */
  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends an order; nothing happens if the child is gone. */
  public void order(String order) {
    orders.println(order);
  }

  /** Kills it with SIGKILL and returns at once. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Kills it if it still runs, and waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The last lines of its log. */
  public List<String> lastLines(int count) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of("its log cannot be read: " + e);
    }
  }

  private void listen(BlockingQueue<Word> words) {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer stray =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(Parent.MARK)) {
          words.add(Word.of(this, line.substring(Parent.MARK.length())));
        } else {
          stray.write(line + System.lineSeparator());
        }
      }
    } catch (IOException e) {
      words.add(new Word(this, "lost", String.valueOf(e.getMessage())));
    }
    int code = process.onExit().join().exitValue();
    words.add(new Word(this, Word.ENDED, String.valueOf(code)));
  }
}
