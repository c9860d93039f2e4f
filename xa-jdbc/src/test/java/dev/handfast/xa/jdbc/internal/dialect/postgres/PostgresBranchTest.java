package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresBranchTest {

  private final ManualTransactions transactions = new ManualTransactions();
  private final PostgresFixture pg = PostgresFixture.fresh();
  private ResourceManager<DataSource> manager;

  @BeforeEach
  void open() {
    manager = pg.open(transactions, builder -> builder.maxSize(1));
  }

  @AfterEach
  void close() {
    transactions.leave();
    manager.close();
  }

  @Test
  void votesUnderTheNameThatTheServerShows() throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 1);

    tx.vote();

    assertThat(pg.admin().preparedBranches())
        .containsExactly(manager.nativeForm(tx.branch().xid()));
    assertThat(manager.nativeCommand(tx.branch().xid(), true))
        .isEqualTo("COMMIT PREPARED '" + manager.nativeForm(tx.branch().xid()) + "'");
    tx.decide();
    tx.complete();
    assertThat(pg.items()).containsExactly("1");
  }

  /** PREPARE TRANSACTION rolls such a transaction back and reports success. */
  @Test
  void doesNotVoteForWorkThatAFailedStatementUndid() throws Exception {
    var tx = transactions.begin();
    insertAndSwallowAFailure();

    XAException refusal = catchThrowableOfType(XAException.class, tx::vote);

    assertThat(XaErrors.isRollback(refusal.errorCode)).isTrue();
    assertThat(refusal).hasMessageContaining("25P02");
    tx.complete();
    assertThat(pg.admin().preparedBranches()).isEmpty();
    assertThat(pg.items()).isEmpty();
    assertPoolWorks();
  }

  /** So does COMMIT. */
  @Test
  void doesNotCommitInOnePhaseWhatAFailedStatementUndid() throws Exception {
    var tx = transactions.begin();
    insertAndSwallowAFailure();
    tx.branch().resource().end(tx.branch().xid(), XAResource.TMSUCCESS);

    XAException refusal =
        catchThrowableOfType(
            XAException.class, () -> tx.branch().resource().commit(tx.branch().xid(), true));

    assertThat(XaErrors.isRollback(refusal.errorCode)).isTrue();
    tx.complete();
    assertPoolWorks();
  }

  @Test
  void votesForWorkThatASavepointSaved() throws Exception {
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
      H2Fixture.execute(connection, "SAVEPOINT here");
      assertThatThrownBy(() -> H2Fixture.execute(connection, "INSERT INTO item VALUES(1)"))
          .isInstanceOf(SQLException.class);
      H2Fixture.execute(connection, "ROLLBACK TO SAVEPOINT here");
    }

    tx.commit();

    assertThat(pg.items()).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMIT",
        "end",
        "ABORT",
        " /* why */ ROLLBACK",
        "ROLLBACK AND CHAIN",
        "PREPARE TRANSACTION 'x'",
        "-- now\n commit work",
        ";COMMIT",
        "INSERT INTO item VALUES(2); COMMIT",
        "INSERT INTO item VALUES(2); ROLLBACK; INSERT INTO item VALUES(3)",
        "SELECT ';'; COMMIT; BEGIN",
      })
  void refusesStatementsThatWouldEndTheBranch(String sql) throws Exception {
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");

      assertThatThrownBy(() -> H2Fixture.execute(connection, sql))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("To solve this");
    }
    tx.commit();
    assertThat(pg.items()).containsExactly("1");
  }

  @Test
  void namesTheVeryStatementThatWouldEndTheBranch() throws Exception {
    transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      assertThatThrownBy(
              () ->
                  H2Fixture.execute(
                      connection, "INSERT INTO item VALUES(1); /* now */ COMMIT WORK AND CHAIN"))
          .hasMessageContaining("'COMMIT WORK'");
    }
  }

  @Test
  void tellsARefusedVoteFromALostConnection() throws Exception {
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      H2Fixture.execute(connection, "CREATE TEMP TABLE scratch(id INT)");
    }

    assertThatThrownBy(tx::vote)
        .isInstanceOfSatisfying(
            XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XAER_RMERR))
        .hasMessageContaining("temporary objects");
    tx.branch().resource().rollback(tx.branch().xid());
    tx.complete();
    assertPoolWorks();
  }

  @Test
  void namesTheConstraintThatFailsAtTheVote() throws Exception {
    pg.owner().execute("CREATE TABLE late(id INT UNIQUE DEFERRABLE INITIALLY DEFERRED)");
    pg.owner().execute("INSERT INTO late VALUES(1)");
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      H2Fixture.execute(connection, "INSERT INTO late VALUES(1)");
    }

    assertThatThrownBy(tx::vote)
        .isInstanceOfSatisfying(
            XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XA_RBINTEGRITY))
        .hasMessageContaining("late_id_key");
    tx.complete();
    assertPoolWorks();
  }

  @Test
  void answersRmfailWhereItsConnectionIsGone() throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 1);
    tx.vote();
    pg.admin()
        .execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
                + pg.name()
                + "'");

    assertThatThrownBy(tx::decide)
        .isInstanceOfSatisfying(
            XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XAER_RMFAIL));
    manager.recoveryResource().commit(tx.branch().xid(), false);

    assertThat(pg.items()).containsExactly("1");
  }

  private void insertAndSwallowAFailure() throws SQLException {
    try (Connection connection = manager.handle().getConnection()) {
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
      assertThatThrownBy(() -> H2Fixture.execute(connection, "INSERT INTO item VALUES(1)"))
          .isInstanceOf(SQLException.class);
    }
  }

  private void assertPoolWorks() throws Exception {
    transactions.leave();
    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 100);
    tx.commit();
    assertThat(pg.items()).contains("100");
  }
}
