package dev.handfast.xa.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Signals to processes, and the wait for their end. */
public final class Processes {

  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private Processes() {}

  /** Sends a signal such as {@code STOP} to a process that is there. */
  public static void signal(String name, long pid) {
    run("kill", "-" + name, Long.toString(pid));
  }

  /**
   * Stops processes in their tracks (SIGSTOP), and returns when none of their threads runs. A
   * signal reaches one thread after another: on a busy machine the others go on for a while, and
   * still answer. Where the system does not tell the state of threads (not Linux), nothing is
   * waited for.
   *
   * @throws IllegalStateException if they still run after 30 s
   */
  public static void stop(long... pids) {
    for (long pid : pids) {
      signal("STOP", pid);
    }
    long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
    while (!LongStream.of(pids).allMatch(Processes::isStopped)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("still running: " + Arrays.toString(pids));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static boolean isStopped(long pid) {
    Path threads = Path.of("/proc", Long.toString(pid), "task");
    if (!Files.isDirectory(threads)) {
      return true;
    }
    try (Stream<Path> all = Files.list(threads)) {
      return all.allMatch(Processes::isThreadStopped);
    } catch (IOException | UncheckedIOException e) {
      return !Files.exists(threads);
    }
  }

  /** The state stands behind the name, which is in brackets and may hold any character. */
  private static boolean isThreadStopped(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
      return "TZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
    } catch (IOException e) {
      return !Files.exists(thread);
    }
  }

  /** Runs a command of the system, which has to answer 0. */
  public static void run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException(String.join(" ", command) + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Waits until all are gone. */
  public static void awaitEnd(List<ProcessHandle> processes, Duration timeout) {
    try {
      CompletableFuture.allOf(
              processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "still there after "
              + timeout
              + ": "
              + processes.stream().filter(ProcessHandle::isAlive).toList(),
          e);
    }
  }
}
