package dev.handfast.benchmarks.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A main class that runs to its end in a JVM of its own.
 *
 * @param options of the JVM
 * @param classPath as {@code -cp} takes it
 */
public record MeasurementJvm(List<String> options, String classPath) {

  private static final int LINES_OF_FAILURE = 40;

  /**
   * Runs a main class and waits until it has ended.
   *
   * @param log receives what it prints to standard error
   * @return the lines that it printed to standard output
   * @throws IOException if it did not end with 0, with the last lines of the log
   */
  public List<String> run(Class<?> main, List<String> arguments, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    List<String> printed;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      printed = lines.lines().toList();
    }
    if (process.waitFor() != 0) {
      throw new IOException(main + " ended with " + process.exitValue() + ":\n" + tail(log));
    }
    return printed;
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - LINES_OF_FAILURE), lines.size()));
  }
}
