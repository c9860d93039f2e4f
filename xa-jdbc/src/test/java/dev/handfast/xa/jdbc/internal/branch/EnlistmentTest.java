package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnlistmentTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();
  private H2Fixture db;
  private ResourceManager<DataSource> manager;
  private DataSource source;

  @BeforeEach
  void open() throws SQLException {
    db = H2Fixture.in(directory);
    manager = db.open(transactions, builder -> builder.maxSize(2));
    source = manager.handle();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void commitsWithItsTransaction() throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(source, 1);
    assertThat(db.items()).isEmpty();

    tx.commit();

    assertThat(db.items()).containsExactly(1);
  }

  @Test
  void rollsBackWithItsTransaction() throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(source, 1);

    tx.rollback();

    assertThat(db.items()).isEmpty();
  }

  @Test
  void givesOneTransactionOneConnection() throws Exception {
    var tx = transactions.begin();
    int first;
    int second;
    try (Connection connection = source.getConnection()) {
      first = H2Fixture.session(connection);
    }
    try (Connection one = source.getConnection();
        Connection two = source.getConnection()) {
      second = H2Fixture.session(one);
      assertThat(H2Fixture.session(two)).isEqualTo(first);
    }

    tx.commit();

    assertThat(second).isEqualTo(first);
    assertThat(tx.branches()).hasSize(1);
  }

  @Test
  void givesTwoTransactionsTwoConnections() throws Exception {
    var outer = transactions.begin();
    int outerSession;
    try (Connection connection = source.getConnection()) {
      outerSession = H2Fixture.session(connection);
    }
    var inner = transactions.begin();
    try (Connection connection = source.getConnection()) {
      assertThat(H2Fixture.session(connection)).isNotEqualTo(outerSession);
    }

    inner.commit();
    transactions.enter(outer);
    outer.commit();

    assertThat(outer.branches()).hasSize(1);
  }

  @Test
  void takesBackWhatABodyLeaks() throws Exception {
    for (int i = 0; i < 5; i++) {
      var tx = transactions.begin();
      Connection leaked = source.getConnection();
      PreparedStatement statement = leaked.prepareStatement("SELECT id FROM item");
      ResultSet rows = statement.executeQuery();
      assertThat(rows.next()).isFalse();

      tx.commit();

      assertThat(leaked.isClosed()).isTrue();
    }
  }

  @Test
  void refusesAConnectionOnceTheTransactionIsLost() throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(source, 1);

    tx.setRollbackOnly(new TimeoutException("timed out after 5s"));

    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Resource 'orders'")
        .hasMessageContaining(tx.gtrid())
        .hasMessageContaining("marked for rollback (timed out after 5s)");
    tx.rollback();
    assertThat(db.items()).isEmpty();
  }

  @Test
  void refusesTheOldHandleOnceTheTransactionIsLost() throws Exception {
    var tx = transactions.begin();
    Connection old = source.getConnection();
    Statement statement = old.createStatement();
    PreparedStatement prepared = old.prepareStatement("INSERT INTO item VALUES(3)");
    tx.setRollbackOnly(new TimeoutException("timed out after 5s"));

    for (int round = 0; round < 2; round++) {
      assertThatThrownBy(() -> statement.execute("INSERT INTO item VALUES(2)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(tx.gtrid());
      assertThatThrownBy(prepared::executeUpdate).isInstanceOf(SQLException.class);
      assertThatThrownBy(old::createStatement)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(tx.gtrid());
      if (round == 0) {
        tx.rollback();
      }
    }
    assertThat(db.items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMIT",
        "rollback",
        " /* now */ create table other(id int)",
        "-- no\nDROP TABLE item",
        "SET AUTOCOMMIT TRUE"
      })
  void refusesStatementsThatEndTheBranch(String sql) throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(source, 1);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("is refused inside");
      assertThatThrownBy(() -> connection.prepareStatement(sql))
          .hasMessageContaining("is refused inside");
    }

    tx.rollback();

    assertThat(db.items()).isEmpty();
  }

  @Test
  void refusesCallsThatEndTheBranchAndGoesOn() throws Exception {
    var tx = transactions.begin();
    try (Connection connection = source.getConnection()) {
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
      assertThatThrownBy(connection::commit)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Resource 'orders'")
          .hasMessageContaining("commit()")
          .hasMessageContaining(tx.gtrid());
      assertThatThrownBy(connection::rollback).hasMessageContaining("rollback()");
      assertThatThrownBy(() -> connection.setAutoCommit(true)).hasMessageContaining(tx.gtrid());
      assertThatThrownBy(
              () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE))
          .hasMessageContaining("setTransactionIsolation");
      connection.setAutoCommit(false);
      H2Fixture.execute(connection, "INSERT INTO item VALUES(2)");
    }

    tx.commit();

    assertThat(db.items()).containsExactly(1, 2);
  }

  @Test
  void refusesAConnectionOfOutsideInsideATransaction() throws Exception {
    try (Connection outside = source.getConnection();
        Statement statement = outside.createStatement()) {
      var tx = transactions.begin();

      assertThatThrownBy(() -> statement.execute("INSERT INTO item VALUES(1)"))
          .hasMessageContaining("taken before")
          .hasMessageContaining(tx.gtrid());

      transactions.leave();
      statement.execute("INSERT INTO item VALUES(2)");
    }
    assertThat(db.items()).containsExactly(2);
  }

  @Test
  void refusesAConnectionOfAnotherTransaction() throws Exception {
    var outer = transactions.begin();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      var inner = transactions.begin();
      assertThatThrownBy(() -> statement.execute("INSERT INTO item VALUES(1)"))
          .hasMessageContaining(outer.gtrid())
          .hasMessageContaining(inner.gtrid());
      transactions.enter(outer);
    }
    outer.rollback();
    assertThat(db.items()).isEmpty();
  }

  @Test
  void isAPlainPoolOutsideTransactions() throws Exception {
    int session;
    try (Connection connection = source.getConnection()) {
      session = H2Fixture.session(connection);
      assertThat(connection.getAutoCommit()).isTrue();
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
      connection.setAutoCommit(false);
      H2Fixture.execute(connection, "INSERT INTO item VALUES(2)");
      connection.rollback();
    }
    try (Connection connection = source.getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(H2Fixture.session(connection)).isEqualTo(session);
    }
    assertThat(db.items()).containsExactly(1);
  }

  @Test
  void statementsLeadBackToTheirConnection() throws Exception {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.getConnection()).isSameAs(connection).isEqualTo(connection);
      assertThat(connection.isWrapperFor(Connection.class)).isTrue();
      assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
      assertThat(connection.unwrap(org.h2.jdbc.JdbcConnection.class)).isNotNull();
      assertThat(source.isWrapperFor(DataSource.class)).isTrue();
    }
  }
}
