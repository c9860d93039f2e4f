package dev.handfast.xa.jdbc.internal.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class H2PreflightTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();

  @Test
  void findsNothingToSay() throws Exception {
    assertThat(check(H2Fixture.in(directory), builder -> builder)).isEmpty();
  }

  @Test
  void findsAWrongPassword() throws Exception {
    H2Fixture db = H2Fixture.in(directory);

    assertThat(check(db, builder -> builder.password("wr0ng-one")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
              assertThat(finding.toString())
                  .contains("'orders'", "user sa", db.url(), "handfast.datasource.orders.password")
                  .doesNotContain("wr0ng-one");
            });
  }

  @Test
  void findsAWrongPasswordOfRecovery() throws Exception {
    assertThat(check(H2Fixture.in(directory), builder -> builder.recovery("nobody", "wr0ng-one")))
        .singleElement()
        .asString()
        .contains("user nobody", "handfast.datasource.orders.recovery.password")
        .doesNotContain("wr0ng-one");
  }

  @Test
  void findsADatabaseThatIsNotThere() throws Exception {
    var db =
        new H2Fixture("jdbc:h2:" + directory.resolve("none").toAbsolutePath() + ";IFEXISTS=TRUE");

    assertThat(check(db, builder -> builder))
        .singleElement()
        .asString()
        .contains("not found", "handfast.datasource.orders.url");
  }

  @Test
  void findsUsersWhoCannotFinishBranches() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    db.run("CREATE USER clerk PASSWORD 'cl3rk'");

    assertThat(check(db, builder -> builder.username("clerk").password("cl3rk")))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR))
        .asString()
        .contains("handfast.datasource.orders.username = 'clerk'", "ALTER USER clerk ADMIN TRUE");
    assertThat(check(db, builder -> builder.recovery("clerk", "cl3rk")))
        .singleElement()
        .asString()
        .contains("handfast.datasource.orders.recovery.username = 'clerk'");
  }

  @Test
  void findsADatabaseThatAnswersBeforeItHasWritten() throws Exception {
    var db = new H2Fixture(H2Fixture.in(directory).url() + ";write_delay=500");

    assertThat(check(db, builder -> builder))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR))
        .asString()
        .contains("WRITE_DELAY = 500", ";WRITE_DELAY=0");
  }

  @Test
  void knowsWhichH2LosesCommits() {
    assertThat(H2Check.version("2.4.240")).isEmpty();
    assertThat(H2Check.version("2.5.252"))
        .get()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR))
        .asString()
        .contains("H2 2.5.252", "com.h2database:h2:2.4.240");
    assertThat(H2Check.version("2.6.1"))
        .get()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING));
  }

  @Test
  void warnsOfADatabaseInMemory() throws Exception {
    assertThat(check(new H2Fixture("jdbc:h2:mem:orders"), builder -> builder))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING))
        .asString()
        .contains("jdbc:h2:mem:orders", "file database");
  }

  @Test
  void warnsOfAServerThatIsAllowed() throws Exception {
    H2Fixture.in(directory);
    Server server = Server.createTcpServer("-tcpPort", "0", "-baseDir", directory.toString());
    server.start();
    try {
      var db = new H2Fixture("jdbc:h2:tcp://localhost:" + server.getPort() + "/./orders");
      assertThat(check(db, JdbcResource.Builder::allowH2Server))
          .singleElement()
          .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING))
          .asString()
          .contains("server mode");
    } finally {
      server.stop();
    }
  }

  @Test
  void tellsAnAbsentDatabaseFromAWrongOne() throws Exception {
    H2Fixture db = H2Fixture.unusable(directory);

    assertThatThrownBy(() -> check(db, builder -> builder))
        .isInstanceOf(ResourceUnavailableException.class)
        .hasMessageContaining("'orders'");
    assertThatThrownBy(() -> identity(db)).isInstanceOf(ResourceUnavailableException.class);
  }

  @Test
  void knowsADatabaseAgain() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    RmIdentity first = identity(db);
    RmIdentity again = identity(db);
    RmIdentity other = identity(H2Fixture.in(directory.resolve("other")));

    assertThat(again).isEqualTo(first);
    assertThat(first.product()).isEqualTo("H2");
    assertThat(first.version()).startsWith("2.");
    assertThat(first.id()).matches("ORDERS-[0-9a-f]{8,}");
    assertThat(other.id()).isNotEqualTo(first.id());
  }

  private List<Finding> check(H2Fixture db, UnaryOperator<JdbcResource.Builder> more)
      throws ResourceUnavailableException {
    var manager = db.open(transactions, more);
    try {
      return manager.preflight();
    } finally {
      manager.close();
    }
  }

  private RmIdentity identity(H2Fixture db) throws ResourceUnavailableException {
    var manager = db.open(transactions);
    try {
      return manager.identity();
    } finally {
      manager.close();
    }
  }
}
