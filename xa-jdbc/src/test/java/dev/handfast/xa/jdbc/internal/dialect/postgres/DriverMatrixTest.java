package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresDrivers;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Each accepted version of PostgreSQL's driver, in a class loader of its own. */
@ParameterizedClass
@ValueSource(
    strings = {"42.7.0", "42.7.4", "42.7.7", "42.7.8", "42.7.10", "42.7.11", "42.7.12", "42.7.13"})
final class DriverMatrixTest {

  private static final PostgresFixture PG = PostgresFixture.fresh();

  @Parameter private String version;

  private final ManualTransactions transactions = new ManualTransactions();
  private ResourceManager<DataSource> manager;
  private DataSource source;

  @BeforeEach
  void open() {
    PG.owner().execute("DELETE FROM item");
    manager =
        JdbcResource.named("orders")
            .xaDataSource(() -> PostgresDrivers.source(version, PG.owner().url()))
            .username(PG.name())
            .password(PostgresFixture.PASSWORD)
            .maxSize(1)
            .build()
            .open(transactions);
    source = manager.handle();
  }

  @AfterEach
  void close() {
    transactions.leave();
    manager.close();
  }

  @Test
  void passesThePreflight() throws Exception {
    assertThat(manager.preflight()).isEmpty();
  }

  @Test
  void commitsInOneAndInTwoPhases() throws Exception {
    ManualTransaction two = transactions.begin();
    H2Fixture.insert(source, 1);
    two.commit();
    transactions.leave();
    ManualTransaction one = transactions.begin();
    H2Fixture.insert(source, 2);
    one.commitInOnePhase();

    assertThat(PG.items()).containsExactly("1", "2");
  }

  @Test
  void rollsBack() throws Exception {
    ManualTransaction tx = transactions.begin();
    H2Fixture.insert(source, 1);
    tx.rollback();

    assertThat(PG.items()).isEmpty();
  }

  @Test
  void commitsWhereItsConnectionWasNotUsed() throws Exception {
    ManualTransaction two = transactions.begin();
    source.getConnection().close();
    two.commit();
    transactions.leave();
    ManualTransaction one = transactions.begin();
    source.getConnection().close();
    one.commitInOnePhase();

    assertThat(PG.admin().preparedBranches()).isEmpty();
  }

  @Test
  void doesNotVoteForWhatFailed() throws Exception {
    ManualTransaction tx = transactions.begin();
    H2Fixture.insert(source, 1);
    assertThatThrownBy(() -> H2Fixture.insert(source, 1)).isInstanceOf(SQLException.class);

    assertThatThrownBy(tx::vote).isInstanceOf(XAException.class).hasMessageContaining("25P02");
    tx.complete();
    assertThat(PG.items()).isEmpty();
  }

  @Test
  void goesOnAfterASavepoint() throws Exception {
    ManualTransaction tx = transactions.begin();
    try (Connection connection = source.getConnection()) {
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
      Savepoint savepoint = connection.setSavepoint();
      assertThatThrownBy(() -> H2Fixture.execute(connection, "INSERT INTO item VALUES(1)"))
          .isInstanceOf(SQLException.class);
      connection.rollback(savepoint);
      H2Fixture.execute(connection, "INSERT INTO item VALUES(2)");
    }
    tx.commit();

    assertThat(PG.items()).containsExactly("1", "2");
  }

  @Test
  void finishesByRecoveryWhatWasInDoubt() throws Exception {
    ManualTransaction tx = transactions.begin();
    H2Fixture.insert(source, 1);
    tx.vote();

    manager.recoveryResource().commit(tx.branch().xid(), false);

    assertThat(PG.items()).containsExactly("1");
    tx.complete();
  }

  @Test
  void isLentAgainAsNew() throws Exception {
    try (Connection connection = source.getConnection()) {
      connection.setSchema("pg_catalog");
    }
    try (Connection connection = source.getConnection()) {
      assertThat(connection.getSchema()).isEqualTo("public");
    }
  }
}
