package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresDrivers;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether a session votes only in the transaction that its branch began. The older drivers begin it
 * with the first statement, the newer ones with the branch.
 */
@ParameterizedClass
@ValueSource(strings = {"42.7.0", "42.7.4", "42.7.12", "42.7.13"})
final class PostgresVoteTest {

  @Parameter private String version;

  private final ManualTransactions transactions = new ManualTransactions();
  private final PostgresFixture pg = PostgresFixture.fresh();
  private ResourceManager<DataSource> manager;

  @BeforeEach
  void open() {
    manager = open("");
  }

  private ResourceManager<DataSource> open(String options) {
    return JdbcResource.named("orders")
        .xaDataSource(() -> PostgresDrivers.source(version, pg.owner().url() + options))
        .username(pg.name())
        .password(PostgresFixture.PASSWORD)
        .maxSize(1)
        .build()
        .open(transactions);
  }

  @AfterEach
  void close() {
    transactions.leave();
    manager.close();
  }

  @Test
  void takesAConnectionThatWasNotUsedForNoWork() throws Exception {
    var tx = transactions.begin();
    manager.handle().getConnection().close();
    tx.commit();

    transactions.leave();
    var lone = transactions.begin();
    manager.handle().getConnection().close();
    lone.commitInOnePhase();

    assertThat(pg.admin().preparedBranches()).isEmpty();
    assertPoolWorks();
  }

  @Test
  void takesAConnectionThatWasOnlyUnwrappedForNoWork() throws Exception {
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      PostgresDrivers.unwrapped(version, connection).isReadOnly();
    }
    tx.commit();

    assertThat(pg.admin().preparedBranches()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO item VALUES(1); ROLLBACK                                | nothing of it stays
          ROLLBACK; BEGIN; INSERT INTO item VALUES(2)                         | nothing of it stays
          ROLLBACK; BEGIN; SELECT 1/0                                         | 25P02
          SELECT 1/0                                                          | 25P02
          """)
  void tellsWhatAStatementRolledBack(String unseen, String told) throws Exception {
    var tx = transactions.begin();
    runUnseen(unseen);

    XAException refusal = catchThrowableOfType(XAException.class, tx::vote);

    assertThat(refusal).hasMessageContaining(told);
    assertThat(XaErrors.isRollback(refusal.errorCode)).isTrue();
    tx.complete();
    assertThat(pg.admin().preparedBranches()).isEmpty();
    assertThat(pg.items()).isEmpty();
    assertPoolWorks();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO item VALUES(1); COMMIT                                  | COMMIT
          INSERT INTO item VALUES(1); COMMIT; BEGIN; INSERT INTO item VALUES(2) | is rolled back
          INSERT INTO item VALUES(1); COMMIT AND CHAIN                        | is rolled back
          INSERT INTO item VALUES(1); COMMIT; BEGIN; SELECT 1/0               | is rolled back
          ROLLBACK; BEGIN; INSERT INTO item VALUES(1); COMMIT                 | other transactions
          ROLLBACK; BEGIN; INSERT INTO item VALUES(1); COMMIT; BEGIN          | other transactions
          ROLLBACK; BEGIN; INSERT INTO item VALUES(1); COMMIT; BEGIN; SELECT 1/0 | other transactions
          """)
  void tellsWhatAStatementCommitted(String unseen, String told) throws Exception {
    var tx = transactions.begin();
    runUnseen(unseen);

    XAException refusal = catchThrowableOfType(XAException.class, tx::vote);

    assertThat(refusal).hasMessageContaining(told).hasMessageContaining("stays");
    assertThat(refusal.errorCode).isEqualTo(XAException.XAER_RMERR);
    tx.complete();
    assertThat(pg.admin().preparedBranches()).isEmpty();
    assertThat(pg.items()).containsExactly("1");
    assertPoolWorks();
  }

  /** A transaction that only reads has no number until it is asked for it. */
  @Test
  void seesThatATransactionWasReplacedThatHadOnlyRead() throws Exception {
    var tx = transactions.begin();
    read(manager.handle());
    runUnseen("COMMIT; BEGIN");

    assertThatThrownBy(tx::vote).isInstanceOf(XAException.class);
    tx.complete();
    assertPoolWorks();
  }

  @Test
  void doesNotCommitInOnePhaseWhatAStatementRolledBack() throws Exception {
    var tx = transactions.begin();
    runUnseen("INSERT INTO item VALUES(1); ROLLBACK");
    H2Fixture.insert(manager.handle(), 2);

    XAException refusal = catchThrowableOfType(XAException.class, tx::commitInOnePhase);

    assertThat(XaErrors.isRollback(refusal.errorCode)).isTrue();
    tx.complete();
    assertThat(pg.items()).isEmpty();
    assertPoolWorks();
  }

  @Test
  void votesForSeveralStatementsInOneText() throws Exception {
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1); INSERT INTO item VALUES(2)");
      H2Fixture.execute(connection, "SAVEPOINT s; INSERT INTO item VALUES(3); ROLLBACK TO s");
    }
    tx.commit();

    assertThat(pg.items()).containsExactly("1", "2");
  }

  @Test
  void runsNothingUnsureInATransactionThatHasFailed() throws Exception {
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      H2Fixture.execute(connection, "SAVEPOINT s");
      assertThatThrownBy(() -> H2Fixture.execute(connection, "SELECT 1/0"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(
              () -> H2Fixture.execute(connection, "ROLLBACK TO s; INSERT INTO item VALUES(1)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("To solve this, run ROLLBACK TO SAVEPOINT as a text of its own");
      H2Fixture.execute(connection, "ROLLBACK TO s");
      H2Fixture.execute(connection, "INSERT INTO item VALUES(2); INSERT INTO item VALUES(3)");
    }
    tx.commit();

    assertThat(pg.items()).containsExactly("2", "3");
  }

  @Test
  void finishesTheBranchOfAReadOnlyConnection() throws Exception {
    ResourceManager<DataSource> readers = open("?readOnly=true&readOnlyMode=always");
    try {
      var tx = transactions.begin();
      read(readers.handle());
      tx.commit();
    } finally {
      readers.close();
    }

    assertThat(pg.admin().preparedBranches()).isEmpty();
  }

  private static void read(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      H2Fixture.items(connection);
    }
  }

  private void runUnseen(String sql) throws SQLException {
    try (Connection connection = manager.handle().getConnection()) {
      Connection driver = PostgresDrivers.unwrapped(version, connection);
      for (String statement : sql.split(";", -1)) {
        try {
          H2Fixture.execute(driver, statement);
        } catch (SQLException e) {
          assertThat(e.getSQLState()).isEqualTo("22012");
        }
      }
    }
  }

  private void assertPoolWorks() throws Exception {
    transactions.leave();
    ManualTransaction tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 100);
    tx.commit();
    assertThat(pg.items()).contains("100");
  }
}
