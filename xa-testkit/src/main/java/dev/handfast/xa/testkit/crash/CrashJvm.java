package dev.handfast.xa.testkit.crash;

import dev.handfast.xa.testkit.process.BytemanAgent;
import dev.handfast.xa.testkit.process.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A main class in a JVM of its own that is killed at a named step, by a Byteman rule and not by
 * chance, and started again. Not safe for use by many threads.
 *
 * <pre>{@code
 * try (CrashJvm shop = CrashJvm.of(ShopMain.class)
 *     .steps(ProtocolStep.values())
 *     .haltAt(ProtocolStep.AFTER_PREPARE, 2)
 *     .start(directory)) {
 *   shop.awaitHalt();          // fails if it ended in any other way
 *   // … look at the resource managers, which hold one or two branches in doubt …
 *   shop.restart();            // the same arguments, nothing planned
 * }
 * }</pre>
 *
 * <p>A main class that uses {@link CrashChild} can be told what to do and where to crash while it
 * runs, so that the process in which one case was recovered goes on with the next.
 */
public final class CrashJvm implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String END = CrashPoint.PREFIX + "end of output";

  private final List<String> launcher;
  private final List<String> command;
  private final Path log;
  private final List<String> arguments;
  private Process process;
  private Writer orders;
  private BlockingQueue<String> lines;
  private String planned;

  private CrashJvm(
      List<String> launcher, List<String> command, List<String> arguments, Path log, String plan) {
    this.launcher = launcher;
    this.command = command;
    this.arguments = arguments;
    this.log = log;
    this.planned = plan;
    this.lines = new LinkedBlockingQueue<>();
    this.process = launch(plan);
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** The process of a main class. */
  public static Builder of(Class<?> main) {
    return new Builder(main.getName());
  }

  /** The process id; another one after a restart. */
  public long pid() {
    return process.pid();
  }

  /** True while the process lives. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What the process printed to standard error since the first start. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says one line to the child, which takes it by {@link CrashChild#next()}. */
  public void say(String line) {
    try {
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException e) {
      throw failure("it does not listen to '" + line + "'");
    }
  }

  /** The next line that the child answered. */
  public String awaitAnswer() {
    return awaitLine(PATIENCE);
  }

  /** The next line that the child answered; fails if none comes in time. */
  public String awaitAnswer(Duration patience) {
    return awaitLine(patience);
  }

  /**
   * Plans the end of the running child: it halts when it reaches the step for the n-th time from
   * now on. Replaces what was planned before. Only for a main class that uses {@link CrashChild}.
   */
  public void haltAt(CrashStep step, int nth) {
    plan(CrashPoint.text(step, nth, CrashPoint.Action.HALT));
  }

  /** As {@link #haltAt}, but the thread that reaches the step waits for {@link #goOn()}. */
  public void stopAt(CrashStep step, int nth) {
    plan(CrashPoint.text(step, nth, CrashPoint.Action.STOP));
  }

  /** Nothing is planned any more. */
  public void planNothing() {
    plan("");
  }

  private void plan(String text) {
    planned = text;
    say(CrashChild.PLAN + text);
    expect(CrashChild.PLANNED);
  }

  /**
   * Waits until the child has halted at the planned step.
   *
   * @return what the child answered before
   * @throws AssertionError if it ended in another way, or did not end
   */
  public List<String> awaitHalt() {
    List<String> before = new ArrayList<>();
    String halted = CrashPoint.HALTED + step();
    for (String line = awaitLine(PATIENCE); !line.equals(halted); line = awaitLine(PATIENCE)) {
      before.add(line);
    }
    awaitEnd();
    if (process.exitValue() != CrashPoint.EXIT_CODE) {
      throw failure("it ended with " + process.exitValue() + " and did not halt by itself");
    }
    planned = "";
    return before;
  }

  /**
   * Waits until the child has halted at the planned step, or answers because it did not come by.
   *
   * @return the answer; empty if it halted
   */
  public Optional<String> awaitHaltOrAnswer() {
    String line = awaitLine(PATIENCE);
    if (!line.equals(CrashPoint.HALTED + step())) {
      return Optional.of(line);
    }
    awaitEnd();
    planned = "";
    return Optional.empty();
  }

  /** Waits until a thread of the child stands at the planned step. */
  public void awaitStop() {
    expect(CrashPoint.STOPPED + step());
  }

  /** Lets the thread that stands at its step go on. */
  public void goOn() {
    planned = "";
    say(CrashChild.RELEASE);
  }

  /** Waits until the child has ended by itself, and answers its exit code. */
  public int awaitExit() {
    awaitEnd();
    return process.exitValue();
  }

  /** Kills the child (SIGKILL) and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Starts the child again, after killing it if it still runs; nothing is planned. */
  public void restart() {
    restart("");
  }

  /** Starts the child again, to halt at a step of its new life. */
  public void restartAndHaltAt(CrashStep step, int nth) {
    restart(CrashPoint.text(step, nth, CrashPoint.Action.HALT));
  }

  private void restart(String plan) {
    kill();
    planned = plan;
    lines = new LinkedBlockingQueue<>();
    process = launch(plan);
    orders = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Kills the child. */
  @Override
  public void close() {
    kill();
  }

  private Process launch(String plan) {
    List<String> all = new ArrayList<>(command);
    all.add(1, "-D" + CrashPoint.PROPERTY + "=" + plan);
    all.addAll(arguments);
    all.addAll(0, launcher);
    try {
      Process started =
          new ProcessBuilder(all)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      BlockingQueue<String> into = lines;
      Thread reader = new Thread(() -> read(started, into), "output of " + started.pid());
      reader.setDaemon(true);
      reader.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(Process from, BlockingQueue<String> into) {
    try (BufferedReader output = from.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(into::add);
    } catch (IOException | UncheckedIOException e) {
      // It is gone.
    } finally {
      into.add(END);
    }
  }

  private String step() {
    if (planned.isEmpty()) {
      throw new IllegalStateException("no step is planned");
    }
    return planned.substring(0, planned.indexOf(' '));
  }

  private void expect(String expected) {
    String line = awaitLine(PATIENCE);
    if (!line.equals(expected)) {
      throw failure("it answered '" + line + "' where '" + expected + "' was due");
    }
  }

  private String awaitLine(Duration patience) {
    try {
      String line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw failure("it said nothing for " + patience);
      }
      if (line.equals(END)) {
        lines.add(END);
        awaitEnd();
        throw failure("it ended with " + process.exitValue() + ", and more was due from it");
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void awaitEnd() {
    Processes.awaitEnd(List.of(process.toHandle()), PATIENCE);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AssertionError failure(String what) {
    String where = planned.isEmpty() ? "" : ", planned: " + planned;
    return new AssertionError("process " + pid() + where + ": " + what + "\n" + tail());
  }

  private String tail() {
    List<String> all = log().lines().toList();
    return String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
  }

  /** Collects what a child is started with. Not safe for use by many threads. */
  public static final class Builder {

    private final String main;
    private final List<String> jvmArguments =
        new ArrayList<>(
            List.of("-Xms200m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    private final List<String> arguments = new ArrayList<>();
    private final List<CrashStep> steps = new ArrayList<>();
    private List<String> launcher = List.of();
    private String classPath = System.getProperty("java.class.path");
    private String plan = "";

    private Builder(String main) {
      this.main = main;
    }

    /** Arguments of the main class. */
    public Builder arguments(String... more) {
      arguments.addAll(List.of(more));
      return this;
    }

    /** An argument of the JVM. */
    public Builder jvmArgument(String argument) {
      jvmArguments.add(argument);
      return this;
    }

    /**
     * A command that becomes the child's, such as {@code nsenter}, which puts it into other
     * namespaces: it is followed by the child's own command, and must not start another process.
     */
    public Builder launcher(List<String> command) {
      launcher = List.copyOf(command);
      return this;
    }

    /** The class path, which must hold this test kit; that of the test unless told. */
    public Builder classPath(String path) {
      classPath = path;
      return this;
    }

    /** Steps at which the child can crash. May be called again. */
    public Builder steps(CrashStep... more) {
      steps.addAll(List.of(more));
      return this;
    }

    /** The child halts when it reaches the step for the n-th time after its first start. */
    public Builder haltAt(CrashStep step, int nth) {
      plan = CrashPoint.text(step, nth, CrashPoint.Action.HALT);
      if (!steps.contains(step)) {
        steps.add(step);
      }
      return this;
    }

    /** Starts the child. Its rules and its output are in the directory, made if missing. */
    public CrashJvm start(Path directory) {
      try {
        Files.createDirectories(directory);
        Path rules = directory.resolve("crash.btm");
        Files.writeString(
            rules, steps.stream().map(CrashStep::rule).collect(Collectors.joining("\n")));
        Path log = directory.resolve("child.log");
        List<String> command =
            Stream.of(
                    List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                    jvmArguments,
                    agent(rules),
                    List.of("-cp", classPath, main))
                .flatMap(List::stream)
                .toList();
        return new CrashJvm(launcher, command, List.copyOf(arguments), log, plan);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Byteman makes a start slower, and has nothing to do without steps. */
    private List<String> agent(Path rules) {
      return steps.isEmpty() ? List.of() : List.of(BytemanAgent.argument(rules));
    }
  }
}
