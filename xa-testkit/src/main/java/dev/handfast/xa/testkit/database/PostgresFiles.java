package dev.handfast.xa.testkit.database;

import dev.handfast.xa.testkit.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server keeps on disk: its data directory, and what the files in it tell. */
record PostgresFiles(Path directory, Path programs) {

  /** Lines of {@code postmaster.pid}, as the server's own {@code pg_ctl} reads them. */
  private static final int PID_LINE = 0;

  private static final int SHARED_MEMORY_LINE = 6;
  private static final int STATUS_LINE = 7;

  /** The files of a directory; a data directory is made if there is none. */
  static PostgresFiles in(Path directory) {
    PostgresFiles files = new PostgresFiles(directory, PostgresBinaries.unpacked());
    if (!Files.exists(files.data())) {
      files.init();
    }
    return files;
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Path logFile() {
    return directory.resolve("server.log");
  }

  ProcessBuilder.Redirect appendToLog() {
    return ProcessBuilder.Redirect.appendTo(logFile().toFile());
  }

  String log() {
    try {
      return Files.exists(logFile()) ? Files.readString(logFile()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of the server's programs on the data directory. */
  ProcessBuilder program(String name, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(programs.resolve("bin").resolve(name).toString());
    command.addAll(List.of("-D", data().toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void init() {
    try {
      Files.createDirectories(directory);
      Path password =
          Files.writeString(directory.resolve("password"), PostgresServer.ADMIN_PASSWORD);
      List<String> arguments =
          List.of(
              "--username=" + PostgresServer.ADMIN,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--no-locale",
              "--no-sync");
      Process init = program("initdb", arguments).redirectError(appendToLog()).start();
      int exit = init.waitFor();
      Files.delete(password);
      if (exit != 0) {
        throw new IllegalStateException("initdb ended with " + exit + ":\n" + log());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the data directory could not be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Whether the server of this process id takes connections: recovery after a crash is over. */
  boolean isReady(long pid) {
    return Long.toString(pid).equals(line(PID_LINE)) && "ready".equals(line(STATUS_LINE));
  }

  /** Frees the segment by which the server keeps a second one off its data. */
  void freeSharedMemory() {
    Path segments = Path.of("/proc/sysvipc/shm");
    String line = line(SHARED_MEMORY_LINE);
    if (line == null || !Files.exists(segments)) {
      return;
    }
    List<String> keyAndId = words(line);
    try {
      if (Files.readAllLines(segments).stream()
          .anyMatch(segment -> words(segment).subList(0, 2).equals(keyAndId))) {
        Processes.run("ipcrm", "-m", keyAndId.get(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(String line) {
    return List.of(line.strip().split("\\s+", -1));
  }

  private @Nullable String line(int number) {
    try {
      List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
      return lines.size() > number ? lines.get(number).strip() : null;
    } catch (IOException e) {
      // It is being written, or there is none.
      return null;
    }
  }
}
