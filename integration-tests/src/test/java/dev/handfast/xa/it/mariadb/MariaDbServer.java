package dev.handfast.xa.it.mariadb;

import dev.handfast.xa.testkit.process.FreePort;
import dev.handfast.xa.testkit.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A real MariaDB server in a process of its own, on a loopback port, from the programs that the
 * build unpacks. It dies with the process that started it. It runs on Linux on x86-64, as root too,
 * and on the C library and its neighbours alone. Not safe for use by many threads.
 */
final class MariaDbServer implements AutoCloseable {

  private static final Path UNPACKED = Path.of("target", "mariadb").toAbsolutePath();
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path directory;
  private final Path programs;
  private final int port = FreePort.find();
  private final Process process;
  private final Process watch;

  private MariaDbServer(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.programs = programs();
    makeData();
    this.process = program(List.of("bin/mariadbd"), "--port=" + port);
    this.watch =
        new ProcessBuilder("sh", "-c", "read -r line; kill -KILL " + process.pid())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    awaitReady();
  }

  /** Makes a server's data in the directory, starts it and waits for it. */
  static MariaDbServer start(Path directory) {
    try {
      return new MariaDbServer(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  int port() {
    return port;
  }

  /** The driver's own data source, as the administrator, at the given port. */
  static MariaDbDataSource source(int port, String options) {
    try {
      MariaDbDataSource source =
          new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/test" + options);
      source.setUser("root");
      return source;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs one statement on a connection of its own. */
  void execute(String sql) {
    column(sql);
  }

  /** The first column of a query's rows, as text, on a connection of its own. */
  List<String> column(String sql) {
    List<String> values = new ArrayList<>();
    try (Connection connection = source(port, "").getConnection();
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        ResultSet rows = statement.getResultSet();
        while (rows.next()) {
          values.add(String.valueOf(rows.getString(1)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("could not run: " + sql, e);
    }
    return values;
  }

  private static Path programs() throws IOException {
    try (Stream<Path> all = Files.walk(UNPACKED)) {
      Path server =
          all.filter(path -> path.endsWith(Path.of("bin", "mariadbd"))).findFirst().orElseThrow();
      return server.getParent().getParent();
    }
  }

  private void makeData() throws IOException, InterruptedException {
    Files.createDirectories(directory);
    try (Stream<Path> bin = Files.list(programs.resolve("bin"))) {
      bin.forEach(program -> program.toFile().setExecutable(true));
    }
    Process made =
        program(
            List.of("sh", "scripts/mariadb-install-db"),
            "--auth-root-authentication-method=normal");
    if (made.waitFor() != 0) {
      throw new IllegalStateException("the data could not be made:\n" + log());
    }
  }

  private Process program(List<String> command, String option) throws IOException {
    List<String> line = new ArrayList<>(command);
    line.set(line.size() - 1, programs.resolve(line.get(line.size() - 1)).toString());
    line.add("--no-defaults");
    line.add("--user=" + System.getProperty("user.name"));
    line.add("--basedir=" + programs);
    line.add("--datadir=" + directory.resolve("data"));
    line.add("--innodb-log-file-size=8M");
    line.add(option);
    if (command.size() == 1) {
      line.add("--bind-address=127.0.0.1");
      line.add("--socket=" + directory.resolve("socket"));
      line.add("--innodb-buffer-pool-size=16M");
    }
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
    builder.environment().put("LD_LIBRARY_PATH", programs.resolve("libs").toString());
    return builder.start();
  }

  private Path logFile() {
    return directory.resolve("server.log");
  }

  private String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!log().contains("mariadbd: ready for connections.")) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        close();
        throw new IllegalStateException("the server did not come up:\n" + log());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Kills the server. */
  @Override
  public void close() {
    process.destroyForcibly();
    watch.destroyForcibly();
    Processes.awaitEnd(List.of(process.toHandle(), watch.toHandle()), STOP_TIMEOUT);
  }
}
