package dev.handfast.xa.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

  @TempDir static Path directory;
  static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.start(directory.resolve("pg"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void preparedBranchesSurviveAKillOnTheSamePort() throws SQLException {
    PostgresDatabase db = server.createDatabase("survives");
    db.execute("CREATE TABLE item (id INT PRIMARY KEY)");
    try (Connection c = db.connect();
        var s = c.createStatement()) {
      s.execute("BEGIN");
      s.execute("INSERT INTO item VALUES (1)");
      s.execute("PREPARE TRANSACTION 'in doubt'");
    }
    long firstPid = server.pid();
    List<ProcessHandle> all = server.processes();

    server.kill();
    assertThat(server.isAlive()).isFalse();
    assertThat(all).hasSizeGreaterThan(3).noneMatch(ProcessHandle::isAlive);
    assertThatThrownBy(db::connect).isInstanceOf(SQLException.class);
    server.restart();

    assertThat(server.pid()).isNotEqualTo(firstPid);
    assertThat(db.preparedBranches()).containsExactly("in doubt");
    db.execute("COMMIT PREPARED 'in doubt'");
    assertThat(db.column("SELECT id FROM item")).containsExactly("1");
  }

  @Test
  void itForcesItsWritesAndTakesPreparedTransactions() {
    PostgresDatabase db = server.admin();

    assertThat(db.column("SHOW fsync")).containsExactly("on");
    assertThat(db.column("SHOW synchronous_commit")).containsExactly("on");
    assertThat(db.column("SHOW full_page_writes")).containsExactly("on");
    assertThat(db.column("SHOW max_prepared_transactions")).containsExactly("200");
  }

  @Test
  void everyRoleHasItsPassword() {
    server.createRole("clerk", "cl3rk");
    PostgresDatabase db = server.createDatabase("office", "clerk");

    assertThat(db.as("clerk", "cl3rk").column("SELECT current_user")).containsExactly("clerk");
    assertThatThrownBy(() -> db.as("clerk", "wrong").connect())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void pausedItAnswersNothingAndResumedItGoesOn() {
    PostgresDatabase db = server.admin();

    server.pause();
    var answer = CompletableFuture.supplyAsync(() -> db.column("SELECT 1"));
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(5))
        .until(() -> !answer.isDone());
    server.resume();

    assertThat(answer.join()).containsExactly("1");
  }

  @Test
  void stoppedOrKilledItLeavesNothingBehind() throws IOException {
    Path own = directory.resolve("other");
    var other = PostgresServer.builder(own).setting("max_prepared_transactions", "0").start();
    List<ProcessHandle> all = other.processes();
    assertThat(other.admin().column("SHOW max_prepared_transactions")).containsExactly("0");
    assertThat(sharedMemory(other.pid())).hasSize(1);

    other.stop();

    assertThat(all).noneMatch(ProcessHandle::isAlive);
    assertThat(own.resolve("data").resolve("postmaster.pid")).doesNotExist();
    assertThat(sharedMemory(other.pid())).isEmpty();
    other.restart();
    assertThat(other.isAlive()).isTrue();
    assertThat(sharedMemory(other.pid())).hasSize(1);
    other.close();
    assertThat(sharedMemory(other.pid())).isEmpty();
    other.close();
  }

  /** The segments that a process made. */
  private static List<String> sharedMemory(long pid) throws IOException {
    try (Stream<String> segments = Files.lines(Path.of("/proc/sysvipc/shm"))) {
      return segments
          .filter(line -> line.strip().split("\\s+", -1)[4].equals(Long.toString(pid)))
          .toList();
    }
  }

  @Test
  void whatCannotStartSaysWhy() {
    var builder =
        PostgresServer.builder(directory.resolve("bad")).setting("max_connections", "none");

    assertThatThrownBy(builder::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("max_connections");
  }
}
