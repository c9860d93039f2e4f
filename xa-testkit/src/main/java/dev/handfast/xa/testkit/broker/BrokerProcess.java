package dev.handfast.xa.testkit.broker;

import dev.handfast.xa.testkit.process.FreePort;
import dev.handfast.xa.testkit.process.Processes;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An Artemis broker in a process of its own, on a loopback port that stays the same over restarts,
 * with a persistent journal. It can be killed as the operating system kills, and dies with the
 * process that started it. Not safe for use by many threads.
 *
 * <p>Unless told otherwise, queues that are made at first use are never deleted, and there is no
 * dead-letter address. What the broker prints is in {@code broker.log} in its directory.
 */
public final class BrokerProcess implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final BrokerSettings settings;
  private final List<String> jvmArguments;
  private final List<Path> jars;
  private Process process;

  private BrokerProcess(BrokerSettings settings, List<String> jvmArguments, List<Path> jars) {
    this.settings = settings;
    this.jvmArguments = jvmArguments;
    this.jars = jars;
    this.process = launch();
  }

  /** Starts a broker without security, its journal in the given directory, and waits for it. */
  public static BrokerProcess start(Path directory) {
    return builder(directory).start();
  }

  /** A broker whose journal and output are in the given directory, which is made if missing. */
  public static Builder builder(Path directory) {
    return new Builder(directory);
  }

  /** {@code tcp://127.0.0.1:PORT}, the same after a restart. */
  public String url() {
    return settings.url();
  }

  /** The process id; another one after a restart. */
  public long pid() {
    return process.pid();
  }

  /** True while the process lives. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process (SIGKILL) and waits until it is gone. Nothing happens if it already is. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops the broker in order and waits until its process is gone. */
  public void stop() {
    if (process.isAlive()) {
      order(BrokerMain.STOP);
      awaitEnd();
    }
  }

  /** Starts the broker again on the same port and journal, after stopping it if it still runs. */
  public void restart() {
    resumeJournal();
    stop();
    process = launch();
  }

  /** Stops the process in its tracks (SIGSTOP): connections stay up and nothing answers. */
  public void pause() {
    Processes.stop(pid());
  }

  /** Lets a paused process go on (SIGCONT). */
  public void resume() {
    Processes.signal("CONT", pid());
  }

  /**
   * Lets the journal hang from now on: nothing more is stored, and nothing that must be stored is
   * answered. Only for a broker made with {@link Builder#journalCanHang()}.
   */
  public void hangJournal() {
    HangingJournal.hang(settings.directory());
  }

  /** Lets the journal go on; a restart does so as well. */
  public void resumeJournal() {
    HangingJournal.goOn(settings.directory());
  }

  /** Kills the process; the journal stays. */
  @Override
  public void close() {
    kill();
  }

  private Process launch() {
    try {
      Path log = settings.directory().resolve("broker.log");
      Process child =
          new ProcessBuilder(command())
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      tell(child);
      awaitReady(child, log);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("the broker process could not be started", e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(
        Stream.concat(
                jars.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(BrokerMain.class.getName());
    return command;
  }

  private void tell(Process child) throws IOException {
    Writer orders =
        new BufferedWriter(new OutputStreamWriter(child.getOutputStream(), StandardCharsets.UTF_8));
    for (Map.Entry<String, String> line : settings.toLines().entrySet()) {
      orders.write(line.getKey() + "=" + line.getValue() + "\n");
    }
    orders.write(BrokerMain.START + "\n");
    orders.flush();
  }

  private static void awaitReady(Process child, Path log) throws IOException {
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return String.valueOf(answers.readLine());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            BrokerProcess::onItsOwnThread);
    String line = "no answer after " + START_TIMEOUT.toSeconds() + " s";
    try {
      line = answer.get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      line = line + " (" + e + ")";
    }
    if (!BrokerMain.READY.equals(line)) {
      child.destroyForcibly();
      throw new IllegalStateException(
          "the broker process did not come up: " + line + "\n" + Files.readString(log));
    }
  }

  /** The common pool may have one thread, and a test that blocks it. */
  private static void onItsOwnThread(Runnable work) {
    Thread thread = new Thread(work, "broker-answer");
    thread.setDaemon(true);
    thread.start();
  }

  private void order(String line) {
    try {
      Writer orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Collects what a broker is started with. Not safe for use by many threads. */
  public static final class Builder {

    private final Path directory;
    private final Map<String, String> users = new LinkedHashMap<>();
    private final List<String> interceptors = new ArrayList<>();
    private final Map<String, Long> limits = new LinkedHashMap<>();
    private final List<String> jvmArguments =
        new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    private final List<Path> jars = new ArrayList<>();
    private Duration journalBufferTimeout = Duration.ofNanos(3_333_333);
    private String deadLetterAddress = "";
    private boolean deletesQueues;
    private int port;

    private Builder(Path directory) {
      this.directory = directory;
    }

    /** Switches security on and adds a user who may do everything. May be called again. */
    public Builder user(String name, String password) {
      users.put(name, password);
      return this;
    }

    /** How long the journal gathers writes before it forces them; 3.33 ms unless told. */
    public Builder journalBufferTimeout(Duration timeout) {
      journalBufferTimeout = timeout;
      return this;
    }

    /**
     * Moves a message that was delivered ten times to a queue of that name, which is made at the
     * start; without it such a message is dropped, as is Artemis' default.
     */
    public Builder deadLetterAddress(String name) {
      deadLetterAddress = name;
      return this;
    }

    /** Deletes queues made at need once they are empty and unused, as is Artemis' default. */
    public Builder deletesQueues() {
      deletesQueues = true;
      return this;
    }

    /** The port to listen on; a free one unless told. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** Adds an {@code org.apache.activemq.artemis.api.core.Interceptor} for incoming packets. */
    public Builder interceptor(String className) {
      interceptors.add(className);
      return this;
    }

    /** The broker refuses messages for an address that holds so many bytes. May be called again. */
    public Builder addressLimit(String address, long bytes) {
      limits.put(address, bytes);
      return this;
    }

    /** The journal can be made to hang, as if its disk did. Takes Byteman on the class path. */
    public Builder journalCanHang() {
      jvmArguments.addAll(List.of(HangingJournal.arguments(directory)));
      return this;
    }

    /** The broker is of another release, whose jars are in the given directory. */
    public Builder release(Path directory) {
      try (Stream<Path> files = Files.list(directory)) {
        files.sorted().map(Path::toAbsolutePath).forEach(jars::add);
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Adds an argument of the broker's JVM, for example a system property of an interceptor. */
    public Builder jvmArgument(String argument) {
      jvmArguments.add(argument);
      return this;
    }

    /** Starts the broker and waits until it accepts connections. */
    public BrokerProcess start() {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new BrokerProcess(
          new BrokerSettings(
              directory.toAbsolutePath(),
              port == 0 ? FreePort.find() : port,
              users,
              journalBufferTimeout,
              interceptors,
              deadLetterAddress,
              deletesQueues,
              limits),
          List.copyOf(jvmArguments),
          List.copyOf(jars));
    }
  }
}
