package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresDrivers;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that works as one of several tenants, whose rows the database keeps apart. */
@ParameterizedClass
@ValueSource(strings = {"42.7.4", "42.7.12", "42.7.13"})
final class PostgresRoleTest {

  @Parameter private String version;

  private final ManualTransactions transactions = new ManualTransactions();
  private final PostgresFixture pg = PostgresFixture.fresh();
  private final String tenant = pg.role("tenant");
  private ResourceManager<DataSource> manager;

  @BeforeEach
  void open() {
    pg.admin().execute("GRANT " + tenant + " TO " + pg.name());
    pg.owner().execute("CREATE TABLE stock(id INT, tenant NAME DEFAULT current_user)");
    pg.owner().execute("ALTER TABLE stock ENABLE ROW LEVEL SECURITY");
    pg.owner()
        .execute("CREATE POLICY own ON stock TO " + tenant + " USING (tenant = current_user)");
    pg.owner().execute("GRANT SELECT, INSERT ON stock TO " + tenant);
    pg.owner().execute("INSERT INTO stock VALUES (1)");
    manager = open(pg.owner());
  }

  private ResourceManager<DataSource> open(PostgresDatabase as) {
    return JdbcResource.named("stock")
        .xaDataSource(() -> PostgresDrivers.source(version, as.url()))
        .username(as.user())
        .password(as.password())
        .maxSize(1)
        .build()
        .open(transactions);
  }

  @AfterEach
  void close() {
    transactions.leave();
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET LOCAL ROLE %s",
        "SET LOCAL role = '%s'",
        "SELECT set_config('role', '%s', true)",
        "SELECT becomes('%s')",
        "SET ROLE %s"
      })
  void isCommittedAtOnce(String taking) throws Exception {
    definesAFunctionThatTakesARole();
    var tx = transactions.begin();
    work(manager.handle(), taking.formatted(tenant));

    tx.vote();

    assertThat(pg.admin().column("SELECT owner FROM pg_prepared_xacts")).contains(tenant);
    tx.decide();
    assertThat(pg.admin().preparedBranches()).isEmpty();
    assertThat(pg.owner().column("SELECT id FROM stock ORDER BY id")).containsExactly("1", "2");
    tx.complete();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET LOCAL ROLE %s", "SELECT set_config('role', '%s', true)"})
  void isForgottenAfterwards(String taking) throws Exception {
    transactions.committed(
        () -> {
          work(manager.handle(), taking.formatted(tenant));
        });

    transactions.committed(
        () -> {
          try (Connection connection = manager.handle().getConnection()) {
            assertThat(single(connection, "SELECT current_user")).isEqualTo(pg.name());
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET LOCAL ROLE %s", "SET ROLE %s"})
  void isRolledBackAfterItsVote(String taking) throws Exception {
    var tx = transactions.begin();
    work(manager.handle(), taking.formatted(tenant));
    tx.vote();

    tx.rollback();

    assertThat(pg.admin().preparedBranches()).isEmpty();
    assertThat(pg.owner().column("SELECT id FROM stock")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET LOCAL SESSION AUTHORIZATION %s", "SET SESSION AUTHORIZATION %s"})
  void isCommittedAtOnceUnderAnotherLogin(String taking) throws Exception {
    manager.close();
    manager = open(pg.admin());
    var tx = transactions.begin();
    work(manager.handle(), taking.formatted(tenant));

    tx.commit();

    assertThat(pg.admin().preparedBranches()).isEmpty();
    assertThat(pg.owner().column("SELECT id FROM stock ORDER BY id")).containsExactly("1", "2");
  }

  private void definesAFunctionThatTakesARole() {
    pg.owner()
        .execute(
            "CREATE FUNCTION becomes(role text) RETURNS void LANGUAGE plpgsql AS"
                + " 'BEGIN EXECUTE format(''SET LOCAL ROLE %I'', role); END'");
  }

  /** A tenant sees its own rows only, and so does each of its branches. */
  private void work(DataSource source, String taking) throws SQLException {
    try (Connection connection = source.getConnection()) {
      H2Fixture.execute(connection, taking);
      H2Fixture.execute(connection, "INSERT INTO stock VALUES (2)");
      assertThat(single(connection, "SELECT string_agg(id::text, ',') FROM stock")).isEqualTo("2");
    }
  }

  private static String single(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
