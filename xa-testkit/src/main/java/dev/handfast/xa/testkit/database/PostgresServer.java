package dev.handfast.xa.testkit.database;

import dev.handfast.xa.testkit.process.FreePort;
import dev.handfast.xa.testkit.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real PostgreSQL server in processes of its own, on a loopback port that stays the same over
 * restarts, with its data in a directory that survives them. It can be killed as the operating
 * system kills, and dies with the process that started it. Not safe for use by many threads.
 *
 * <p>It forces every write ({@code fsync=on}) and asks every role for its password. What it prints
 * is in {@code server.log} in its directory. It runs on Linux on x86-64; where the tests run as
 * root, which PostgreSQL refuses to do, it runs in a user namespace of its own ({@code unshare}).
 */
public final class PostgresServer implements AutoCloseable {

  /** The superuser. */
  public static final String ADMIN = "postgres";

  /** The superuser's password. */
  public static final String ADMIN_PASSWORD = "p0stgres";

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final PostgresFiles files;
  private final int port;
  private final Map<String, String> settings;
  private Process postmaster;
  private Process watch;

  private PostgresServer(PostgresFiles files, int port, Map<String, String> settings) {
    this.files = files;
    this.port = port;
    this.settings = settings;
    this.postmaster = launch();
    this.watch = watch(postmaster);
  }

  /** Starts a server with its data in the given directory, and waits for it. */
  public static PostgresServer start(Path directory) {
    return builder(directory).start();
  }

  /** A server whose data and output are in the given directory, which is made if missing. */
  public static Builder builder(Path directory) {
    return new Builder(directory);
  }

  /** The port, the same after a restart. */
  public int port() {
    return port;
  }

  /** The process id of the postmaster; another one after a restart. */
  public long pid() {
    return postmaster.pid();
  }

  /** True while the postmaster lives. */
  public boolean isAlive() {
    return postmaster.isAlive();
  }

  /** All processes of the server at this moment, the postmaster first. */
  public List<ProcessHandle> processes() {
    List<ProcessHandle> all = new ArrayList<>();
    all.add(postmaster.toHandle());
    postmaster.descendants().forEach(all::add);
    return all;
  }

  /** The database {@code postgres} as the superuser. */
  public PostgresDatabase admin() {
    return database("postgres");
  }

  /** A database that is there, as the superuser. */
  public PostgresDatabase database(String name) {
    return new PostgresDatabase(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + name, ADMIN, ADMIN_PASSWORD);
  }

  /** Makes a role that may log in and nothing else. */
  public void createRole(String name, String password) {
    admin().execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + password + "'");
  }

  /** Makes a database of the superuser's. */
  public PostgresDatabase createDatabase(String name) {
    return createDatabase(name, ADMIN);
  }

  /** Makes a database that belongs to a role; the answer still sees it as the superuser. */
  public PostgresDatabase createDatabase(String name, String owner) {
    admin().execute("CREATE DATABASE " + name + " OWNER " + owner);
    return database(name);
  }

  /**
   * Kills all processes of the server (SIGKILL) and waits until they are gone. Nothing happens if
   * they already are.
   */
  public void kill() {
    if (isAlive()) {
      // Stopped, it starts no other process while these are counted.
      Processes.stop(pid());
      List<ProcessHandle> all = processes();
      all.forEach(ProcessHandle::destroyForcibly);
      Processes.awaitEnd(all, STOP_TIMEOUT);
    }
    endWatch();
    files.freeSharedMemory();
  }

  /** Stops the server in order, its clients cut off, and waits until its processes are gone. */
  public void stop() {
    if (isAlive()) {
      List<ProcessHandle> all = processes();
      Processes.signal("INT", pid());
      Processes.awaitEnd(all, STOP_TIMEOUT);
    }
    endWatch();
  }

  /**
   * Starts the server again on the same port and data, after stopping it if it still runs, and
   * waits until it has recovered and answers.
   */
  public void restart() {
    stop();
    postmaster = launch();
    watch = watch(postmaster);
  }

  /** Stops all processes in their tracks (SIGSTOP): connections stay up and nothing answers. */
  public void pause() {
    Processes.stop(pid());
    Processes.stop(postmaster.descendants().mapToLong(ProcessHandle::pid).toArray());
  }

  /** Lets a paused server go on (SIGCONT). */
  public void resume() {
    postmaster.descendants().forEach(child -> Processes.signal("CONT", child.pid()));
    Processes.signal("CONT", pid());
  }

  /** Kills the server; its data stay. */
  @Override
  public void close() {
    kill();
  }

  private Process launch() {
    Process started;
    try {
      started = files.program("postgres", command()).redirectError(files.appendToLog()).start();
    } catch (IOException e) {
      throw new UncheckedIOException("the server could not be started", e);
    }
    try {
      awaitReady(started);
      return started;
    } catch (RuntimeException e) {
      started.destroyForcibly();
      throw e;
    }
  }

  private List<String> command() {
    List<String> arguments = new ArrayList<>();
    settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    return arguments;
  }

  private void awaitReady(Process started) {
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!files.isReady(started.pid())) {
      if (!started.isAlive() || System.nanoTime() - end > 0) {
        throw new IllegalStateException("the server did not come up:\n" + files.log());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    try {
      admin().connect().close();
    } catch (SQLException e) {
      throw new IllegalStateException("the server is up and does not answer", e);
    }
  }

  /** A process that kills the postmaster when this JVM is gone, which closes its input. */
  private static Process watch(Process postmaster) {
    try {
      return new ProcessBuilder("sh", "-c", "read -r line; kill -KILL " + postmaster.pid())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endWatch() {
    watch.destroyForcibly();
    Processes.awaitEnd(List.of(watch.toHandle()), STOP_TIMEOUT);
  }

  /** Collects what a server is started with. Not safe for use by many threads. */
  public static final class Builder {

    private final Path directory;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Builder(Path directory) {
      this.directory = directory.toAbsolutePath();
      settings.put("max_prepared_transactions", "200");
      settings.put("max_connections", "100");
      settings.put("listen_addresses", "127.0.0.1");
      settings.put("unix_socket_directories", "");
      // Files in the data directory: nothing is left in /dev/shm after a kill.
      settings.put("dynamic_shared_memory_type", "mmap");
    }

    /** How many branches may be prepared at a time; 200 unless told. */
    public Builder maxPreparedTransactions(int number) {
      return setting("max_prepared_transactions", Integer.toString(number));
    }

    /** A setting of the server, as in {@code postgresql.conf}. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /** Leaves a setting to {@code postgresql.conf} and {@code ALTER SYSTEM}. */
    public Builder fromFile(String name) {
      settings.remove(name);
      return this;
    }

    /** Makes the data directory if there is none, starts the server and waits for it. */
    public PostgresServer start() {
      PostgresFiles files = PostgresFiles.in(directory);
      int port = FreePort.find();
      settings.put("port", Integer.toString(port));
      return new PostgresServer(files, port, Map.copyOf(settings));
    }
  }
}
