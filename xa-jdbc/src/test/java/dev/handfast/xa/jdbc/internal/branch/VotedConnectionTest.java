package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.LogCapture;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection whose branch has voted is kept until the branch is finished. */
final class VotedConnectionTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();
  private H2Fixture db;
  private ResourceManager<DataSource> manager;
  private DataSource source;

  @BeforeEach
  void open() throws SQLException {
    db = H2Fixture.in(directory);
    manager =
        db.open(
            transactions, builder -> builder.maxSize(2).acquisitionTimeout(Duration.ofMillis(200)));
    source = manager.handle();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void survivesTheCloseOfThePool() throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(source, 1);
    tx.vote();

    try (LogCapture log = new LogCapture("dev.handfast.xa.jdbc")) {
      manager.close();
      assertThat(log.lines())
          .filteredOn(line -> line.contains("HANDFAST002001"))
          .singleElement()
          .asString()
          .startsWith("WARN")
          .contains("'orders'")
          .contains(manager.nativeForm(tx.branch().xid()));
    }

    assertThat(db.inDoubt()).containsExactly(manager.nativeForm(tx.branch().xid()));
    tx.decide();
    tx.complete();
    assertThat(db.items()).containsExactly(1);
    assertThat(sessions()).isEqualTo(1);
  }

  @Test
  void isClosedOnceItsBranchIsGivenUp() throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(source, 1);
    tx.vote();
    tx.complete();
    manager.close();
    assertThat(sessions()).isEqualTo(2);

    tx.branch().become(BranchState.UNKNOWN);

    assertThat(sessions()).isEqualTo(1);
  }

  @Test
  void isKeptFromThePoolUntilItsBranchIsFinished() throws Exception {
    String kept = session();
    var tx = transactions.begin();
    H2Fixture.insert(source, 1);
    tx.vote();
    tx.complete();
    transactions.leave();

    try (Connection other = source.getConnection()) {
      assertThat(session(other)).isNotEqualTo(kept);
      assertThatThrownBy(source::getConnection)
          .hasMessageContaining("total 2 of max-size 2, active 2 (of these in doubt 1), idle 0");
    }
    tx.decide();

    await()
        .untilAsserted(
            () -> {
              try (Connection one = source.getConnection();
                  Connection two = source.getConnection()) {
                assertThat(session(one)).isNotEqualTo(kept);
                assertThat(session(two)).isNotEqualTo(kept);
              }
            });
    assertThat(db.items()).containsExactly(1);
  }

  @Test
  void losesNothingToAResetOfItsAttributes() throws Exception {
    try (Connection connection = source.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    }
    var tx = transactions.begin();
    try (Connection connection = source.getConnection()) {
      connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
    }
    tx.vote();

    tx.complete();

    assertThat(db.inDoubt()).hasSize(1);
    assertThat(db.items()).isEmpty();
    tx.decide();
  }

  @Test
  void isFinishedByRecoveryOverItself() throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(source, 1);
    transactions.leave();
    try (Connection reader = source.getConnection()) {
      assertThat(H2Fixture.items(reader)).isEmpty();
      tx.vote();
      tx.complete();

      manager.recoveryResource().commit(tx.branch().xid(), false);
      tx.branch().become(BranchState.COMMITTED);

      assertThat(H2Fixture.items(reader)).containsExactly(1);
    }
    assertThat(db.inDoubt()).isEmpty();
  }

  @Test
  void isFinishedOverItselfByTheNextRuntimeOfTheProcess() throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(source, 1);
    tx.vote();
    manager.close();
    var next = db.open(transactions);

    next.recoveryResource().commit(tx.branch().xid(), false);

    assertThat(db.items()).containsExactly(1);
    next.close();
    assertThat(sessions()).isEqualTo(1);
  }

  @Test
  void isReplacedWhenItsBranchHasNotEndedByAnAnswer() throws Exception {
    String before = session();
    int number = Integer.parseInt(before.split(" ", -1)[0]);
    var tx = transactions.begin();
    H2Fixture.insert(source, 1);
    db.run("CALL ABORT_SESSION(" + number + ")");

    assertThatThrownBy(tx::rollback).isNotNull();
    tx.branch().become(BranchState.UNKNOWN);
    tx.complete();

    transactions.leave();
    assertThat(session()).isNotEqualTo(before);
    assertThat(db.items()).isEmpty();
  }

  @Test
  void makesRoomForThoseWhoWaitWhenItIsDropped() throws Exception {
    var patient =
        db.open(
            transactions, builder -> builder.maxSize(1).acquisitionTimeout(Duration.ofMinutes(5)));
    var tx = transactions.begin();
    H2Fixture.insert(patient.handle(), 1);
    tx.vote();
    tx.complete();
    var waiting = new FutureTask<>(() -> items(patient.handle()));
    Thread waiter = new Thread(waiting);
    waiter.start();
    await().until(waiter::getState, Thread.State.TIMED_WAITING::equals);

    tx.decide();

    assertThat(waiting.get(30, TimeUnit.SECONDS)).containsExactly(1);
    patient.close();
  }

  @Test
  void servesAgainAfterAnAnsweredCommit() throws Exception {
    String before = session();
    for (int i = 0; i < 3; i++) {
      var tx = transactions.begin();
      H2Fixture.insert(source, i);
      tx.commit();
    }
    transactions.leave();

    assertThat(session()).isEqualTo(before);
  }

  private static List<Integer> items(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return H2Fixture.items(connection);
    }
  }

  /** The number of the session that the pool lends now, and when it began. */
  private String session() throws SQLException {
    try (Connection connection = source.getConnection()) {
      return session(connection);
    }
  }

  private static String session(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT SESSION_ID || ' ' || SESSION_START FROM INFORMATION_SCHEMA.SESSIONS"
                    + " WHERE SESSION_ID = SESSION_ID()")) {
      row.next();
      return row.getString(1);
    }
  }

  /** The sessions of the database, the one that asks included. */
  private int sessions() throws SQLException {
    try (Connection connection = db.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS")) {
      row.next();
      return row.getInt(1);
    }
  }
}
