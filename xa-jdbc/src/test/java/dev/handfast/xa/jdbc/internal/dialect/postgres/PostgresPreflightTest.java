package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.Finding.Severity;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.xa.PGXADataSource;

final class PostgresPreflightTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();
  private final PostgresFixture pg = PostgresFixture.fresh();

  @Test
  void findsNothingWhereAllIsWell() throws Exception {
    assertThat(check(builder -> builder)).isEmpty();
    assertThat(
            check(builder -> builder.recovery(PostgresServer.ADMIN, PostgresServer.ADMIN_PASSWORD)))
        .isEmpty();
  }

  @Test
  void refusesAServerThatPreparesNothingAndItsMendWorks() throws Exception {
    var builder = PostgresServer.builder(directory.resolve("pg"));
    try (PostgresServer server = builder.fromFile("max_prepared_transactions").start()) {
      PostgresFixture own = PostgresFixture.fresh(server);

      Finding finding = only(check(own, b -> b));

      assertThat(finding.severity()).isEqualTo(Severity.ERROR);
      assertThat(finding.toString())
          .contains("max_prepared_transactions = 0", "PREPARE", "needs a server restart");
      own.admin().execute(statement(finding, "ALTER SYSTEM SET \\w+ = \\d+"));
      server.restart();
      assertThat(check(own, b -> b)).isEmpty();
    }
  }

  @Test
  void warnsOfAPoolThatIsLargerThanTheServerCanPrepare() throws Exception {
    Finding finding = only(check(builder -> builder.maxSize(200)));

    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.toString())
        .contains("= 200 is less", "orders.max-size", "201", "ALTER SYSTEM", "restart");
    assertThat(check(builder -> builder.maxSize(199))).isEmpty();
  }

  @Test
  void refusesARecoveryUserWhoMayNotFinishBranchesAndItsMendWorks() throws Exception {
    String rescuer = pg.role("_rescuer");
    UnaryOperator<JdbcResource.Builder> asRescuer =
        b -> b.recovery(rescuer, PostgresFixture.PASSWORD);

    Finding finding = only(check(asRescuer));

    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.toString()).contains("orders.recovery.username = '" + rescuer + "'");
    pg.admin().execute(statement(finding, "GRANT \\w+ TO \\w+"));
    assertThat(check(asRescuer)).isEmpty();
    pg.admin().execute("GRANT " + pg.name() + " TO " + rescuer + " WITH SET FALSE");
    assertThat(only(check(asRescuer)).severity())
        .as("a member who may not take the role may not finish its branches")
        .isEqualTo(Severity.ERROR);
  }

  @Test
  void refusesAUserWhoMayNotKnowTheServerAndItsMendWorks() throws Exception {
    pg.admin().execute("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");

    Finding finding = only(check(builder -> builder));

    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    pg.admin().execute(statement(finding, "GRANT EXECUTE ON FUNCTION \\S+ TO \\w+"));
    assertThat(check(builder -> builder)).isEmpty();
  }

  @Test
  void refusesRecoveryInAnotherDatabase() throws Exception {
    PostgresFixture other = PostgresFixture.fresh();
    var urls = List.of(pg.owner().url(), other.owner().url()).iterator();
    var manager =
        JdbcResource.named("orders")
            .xaDataSource(() -> source(urls.next()))
            .username(PostgresServer.ADMIN)
            .password(PostgresServer.ADMIN_PASSWORD)
            .build()
            .open(transactions);

    assertThat(only(manager.preflight()).toString()).contains(pg.name(), other.name());
    manager.close();
  }

  @Test
  void knowsADataSourceOfItsDriver() throws Exception {
    var manager =
        JdbcResource.named("orders")
            .xaDataSource(() -> source(pg.owner().url()))
            .username(pg.name())
            .password(PostgresFixture.PASSWORD)
            .build()
            .open(transactions);

    assertThat(manager.preflight()).isEmpty();
    assertThat(manager.description().url())
        .contains(pg.name())
        .doesNotContain(PostgresFixture.PASSWORD);
    assertThat(manager.losesVotesOnClose()).isFalse();
    manager.close();
  }

  @Test
  void tellsWrongCredentialsAndAnUnknownDatabaseFromAnAbsentServer() throws Exception {
    assertThat(only(check(builder -> builder.password("wrong"))).toString())
        .contains("refuses user or password", "orders.password")
        .doesNotContain("wrong");
    assertThat(only(check(builder -> builder.url(pg.owner().url() + "x"))).toString())
        .contains("orders.url");
    try (PostgresServer gone = PostgresServer.start(directory.resolve("gone"))) {
      String url = gone.admin().url();
      gone.kill();
      assertThatThrownBy(() -> check(builder -> builder.url(url)))
          .isInstanceOf(ResourceUnavailableException.class)
          .hasMessageContaining("'orders'");
    }
  }

  @Test
  void connectsAsTheUrlSays() throws Exception {
    String options = "?user=" + pg.name() + "&password=" + PostgresFixture.PASSWORD;
    var manager =
        JdbcResource.named("orders").url(pg.owner().url() + options).build().open(transactions);
    try {
      assertThat(manager.preflight()).isEmpty();
      assertThat(manager.description().url()).doesNotContain(PostgresFixture.PASSWORD);
      var tx = transactions.begin();
      H2Fixture.insert(manager.handle(), 1);
      tx.commit();
    } finally {
      manager.close();
    }

    assertThat(pg.items()).containsExactly("1");
  }

  @Test
  void takesTheUserThatIsGivenBeforeThatOfTheUrl() throws Exception {
    var manager =
        JdbcResource.named("orders")
            .url(pg.owner().url() + "?user=nobody&password=none")
            .username(pg.name())
            .password(PostgresFixture.PASSWORD)
            .build()
            .open(transactions);
    try {
      assertThat(manager.preflight()).isEmpty();
    } finally {
      manager.close();
    }
  }

  @Test
  void takesAMissingPasswordForAFaultOfTheConfiguration() throws Exception {
    var manager =
        JdbcResource.named("orders")
            .url(pg.owner().url())
            .username(pg.name())
            .build()
            .open(transactions);
    try {
      assertThat(only(manager.preflight()).toString())
          .contains("refuses user or password", "orders.password");
    } finally {
      manager.close();
    }
  }

  @Test
  void refusesAUrlThatIsNone() {
    assertThatThrownBy(() -> check(builder -> builder.url("jdbc:postgresql://[::x/a?password=s3")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("To solve this")
        .hasMessageNotContaining("s3");
  }

  @Test
  void knowsADatabaseAgain() throws Exception {
    try (PostgresServer server = PostgresServer.start(directory.resolve("pg"))) {
      PostgresFixture own = PostgresFixture.fresh(server);
      RmIdentity first = identity(own);
      server.kill();
      server.restart();

      assertThat(identity(own)).isEqualTo(first);
      assertThat(first.product()).isEqualTo("PostgreSQL");
      assertThat(first.version()).startsWith("18");
      String serverId = first.id().substring(0, first.id().indexOf('-'));
      assertThat(identity(PostgresFixture.fresh(server)).id())
          .startsWith(serverId + "-")
          .isNotEqualTo(first.id());
      assertThat(identity(pg).id()).doesNotStartWith(serverId + "-");
    }
  }

  private static PGXADataSource source(String url) {
    var source = new PGXADataSource();
    source.setUrl(url);
    return source;
  }

  private static Finding only(List<Finding> findings) {
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  /** The statement that a finding names. */
  private static String statement(Finding finding, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(finding.mend());
    assertThat(found.find()).as("a statement in: " + finding.mend()).isTrue();
    return found.group();
  }

  private List<Finding> check(UnaryOperator<JdbcResource.Builder> more)
      throws ResourceUnavailableException {
    return check(pg, more);
  }

  private List<Finding> check(PostgresFixture where, UnaryOperator<JdbcResource.Builder> more)
      throws ResourceUnavailableException {
    var manager = where.open(transactions, more);
    try {
      return manager.preflight();
    } finally {
      manager.close();
    }
  }

  private RmIdentity identity(PostgresFixture where) throws ResourceUnavailableException {
    var manager = where.open(transactions, builder -> builder);
    try {
      return manager.identity();
    } finally {
      manager.close();
    }
  }
}
