package dev.handfast.xa.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import jakarta.transaction.RollbackException;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application is told that PostgreSQL said only at the vote or at the commit. */
final class PostgresOutcomeTest {

  private static final String CONSTRAINT = "late_id_key";

  @TempDir private Path directory;
  private final PostgresFixture first = PostgresFixture.fresh();
  private final PostgresFixture second = PostgresFixture.fresh();
  private Handfast handfast;
  private DataSource orders;
  private DataSource stock;

  @BeforeEach
  void start() {
    first
        .owner()
        .execute("CREATE TABLE late(id INT UNIQUE DEFERRABLE INITIALLY DEFERRED, word TEXT)");
    first.owner().execute("INSERT INTO late VALUES (4711)");
    JdbcResource ordersResource = resource("orders", first);
    JdbcResource stockResource = resource("stock", second);
    handfast =
        Handfast.builder()
            .nodeName("outcome-test")
            .logStore(LogStore.file(directory.resolve("log")))
            .resources(ordersResource, stockResource)
            .start();
    orders = handfast.resource(ordersResource);
    stock = handfast.resource(stockResource);
  }

  private static JdbcResource resource(String name, PostgresFixture pg) {
    return JdbcResource.named(name)
        .url(pg.owner().url())
        .username(pg.name())
        .password(PostgresFixture.PASSWORD)
        .build();
  }

  @AfterEach
  void close() {
    handfast.close();
  }

  @Test
  void namesTheConstraintThatFailedAtTheVote() {
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      violate();
                      H2Fixture.insert(stock, 1);
                    }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("'orders'")
        .hasMessageContaining(CONSTRAINT)
        .hasMessageNotContaining("4711");
    assertThat(second.items()).isEmpty();
  }

  @Test
  void namesTheConstraintThatFailedAtACommitInOnePhase() {
    assertThatThrownBy(() -> handfast.run(this::violate))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining(CONSTRAINT)
        .hasMessageNotContaining("4711");
  }

  @Test
  void namesTheConstraintToAUserTransaction() throws Exception {
    UserTransaction user = handfast.userTransaction();
    user.begin();
    violate();
    H2Fixture.insert(stock, 1);

    RollbackException told = catchThrowableOfType(RollbackException.class, user::commit);

    assertThat(told).hasMessageContaining(CONSTRAINT).hasMessageNotContaining("4711");
  }

  @Test
  void tellsWhatAnUnseenRollbackDidToALoneBranch() {
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      try (Connection connection = orders.getConnection()) {
                        Connection driver =
                            (Connection) connection.unwrap(org.postgresql.PGConnection.class);
                        H2Fixture.execute(driver, "INSERT INTO item VALUES (1)");
                        H2Fixture.execute(driver, "ROLLBACK");
                        H2Fixture.execute(connection, "INSERT INTO item VALUES (2)");
                      }
                    }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("ROLLBACK; nothing of it stays");
    assertThat(first.items()).isEmpty();
  }

  private void violate() throws SQLException {
    try (Connection connection = orders.getConnection()) {
      H2Fixture.execute(connection, "INSERT INTO late VALUES (4711)");
    }
  }
}
