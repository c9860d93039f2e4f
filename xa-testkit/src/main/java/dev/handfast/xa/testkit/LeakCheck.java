package dev.handfast.xa.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether something leaves threads or connections of this process behind: taken before, asked
 * after.
 *
 * <pre>{@code
 * LeakCheck before = LeakCheck.of(5432);
 * …
 * before.assertNothingLeft();
 * }</pre>
 */
public final class LeakCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Threads of the JVM and of libraries that live as long as the process by design. */
  private static final List<String> LASTING =
      List.of(
          "ForkJoinPool.commonPool",
          "CompletableFutureDelayScheduler",
          "process reaper",
          "Attach Listener",
          "Common-Cleaner",
          "Cleaner-",
          "PostgreSQL-JDBC-Cleaner",
          "PostgreSQL-JDBC-SharedTimer",
          "globalEventExecutor",
          "threadDeathWatcher",
          "output of ",
          "surefire",
          "junit-",
          "awaitility");

  private final Set<Thread> threads;
  private final Set<String> connections;
  private final int[] ports;

  private LeakCheck(int[] ports) {
    this.ports = ports.clone();
    this.threads = Set.copyOf(liveThreads());
    this.connections = openConnections(ports);
  }

  /**
   * Remembers what is there now.
   *
   * @param ports servers whose connections count; none is looked at otherwise, and none outside
   *     Linux
   */
  public static LeakCheck of(int... ports) {
    return new LeakCheck(ports);
  }

  /**
   * Waits until nothing new is left, for 5 s at most.
   *
   * @throws AssertionError if something is, with its name and where it stands
   */
  public void assertNothingLeft() {
    assertNothingLeft(PATIENCE);
  }

  /** As above, with another patience. */
  public void assertNothingLeft(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    List<String> left = left();
    while (!left.isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("left behind: " + String.join("\n", left));
      }
      LockSupport.parkNanos(LOOK_NANOS);
      left = left();
    }
  }

  /** What is here and was not; empty if all is well. */
  public List<String> left() {
    List<String> left = new ArrayList<>();
    for (Thread thread : liveThreads()) {
      if (!threads.contains(thread) && LASTING.stream().noneMatch(thread.getName()::startsWith)) {
        left.add("thread " + thread.getName() + at(thread));
      }
    }
    for (String connection : openConnections(ports)) {
      if (!connections.contains(connection)) {
        left.add("connection " + connection);
      }
    }
    return left;
  }

  private static Set<Thread> liveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .collect(Collectors.toSet());
  }

  private static String at(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .limit(5)
        .map(frame -> "\n    " + frame)
        .collect(Collectors.joining());
  }

  /** Of this process, established, to one of the ports: local and remote address and inode. */
  private static Set<String> openConnections(int[] ports) {
    Set<String> found = new HashSet<>();
    if (ports.length > 0 && Files.isDirectory(Path.of("/proc/self/fd"))) {
      Set<String> own = ownSockets();
      for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
        for (String[] socket : sockets(Path.of(table))) {
          if (own.contains(socket[9]) && socket[3].equals("01") && isTo(socket[2], ports)) {
            found.add(socket[1] + " to " + socket[2] + " (" + socket[9] + ")");
          }
        }
      }
    }
    return found;
  }

  private static boolean isTo(String address, int[] ports) {
    for (int port : ports) {
      if (address.endsWith(String.format(Locale.ROOT, ":%04X", port))) {
        return true;
      }
    }
    return false;
  }

  private static List<String[]> sockets(Path table) {
    try (Stream<String> lines = Files.lines(table)) {
      return lines.skip(1).map(line -> line.strip().split("\\s+", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> ownSockets() {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path file : files) {
        String target = target(file);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inodes;
  }

  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      // Closed since it was listed.
      return "";
    }
  }
}
