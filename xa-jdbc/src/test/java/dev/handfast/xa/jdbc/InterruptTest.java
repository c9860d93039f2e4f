package dev.handfast.xa.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** H2 closes its file for everybody when a thread with a pending interrupt reads or writes it. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class InterruptTest {

  @TempDir private Path directory;
  private final PostgresFixture pg = PostgresFixture.fresh();
  private H2Fixture orders;
  private Handfast handfast;
  private DataSource ordersSource;
  private DataSource stockSource;

  @BeforeEach
  void start() throws Exception {
    orders = H2Fixture.in(Files.createDirectory(directory.resolve("orders")));
    JdbcResource first = orders.resource(builder -> builder);
    JdbcResource second =
        JdbcResource.named("stock")
            .url(pg.owner().url())
            .username(pg.name())
            .password(PostgresFixture.PASSWORD)
            .recovery(PostgresServer.ADMIN, PostgresServer.ADMIN_PASSWORD)
            .build();
    handfast =
        Handfast.builder()
            .nodeName("interrupts")
            .logStore(LogStore.file(directory.resolve("log")))
            .resources(first, second)
            .start();
    ordersSource = handfast.resource(first);
    stockSource = handfast.resource(second);
  }

  @AfterEach
  void close() {
    Thread.interrupted();
    handfast.close();
  }

  @Test
  void doesNotReachTheDatabaseBeforeTheVote() throws Exception {
    var manager = handfast.transactionManager();
    manager.begin();
    H2Fixture.insert(ordersSource, 1);
    H2Fixture.insert(stockSource, 1);
    Thread.currentThread().interrupt();

    manager.commit();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(orders.items()).containsExactly(1);
    assertThat(pg.items()).containsExactly("1");
  }

  @Test
  void doesNotReachTheDatabaseWhileTheBodyWorks() throws Exception {
    handfast.run(
        () -> {
          Thread.currentThread().interrupt();
          for (DataSource source : List.of(ordersSource, stockSource)) {
            H2Fixture.insert(source, 1);
            try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                var update = connection.prepareStatement("INSERT INTO item VALUES(?)")) {
              statement.execute("INSERT INTO item VALUES(2)");
              update.setInt(1, 3);
              update.executeUpdate();
              assertThat(H2Fixture.items(connection)).containsExactly(1, 2, 3);
              assertThat(connection.getMetaData().getTables(null, null, "ITEM", null)).isNotNull();
            }
          }
        });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(orders.items()).containsExactly(1, 2, 3);
    assertThat(pg.items()).containsExactly("1", "2", "3");
    assertThat(handfast.recovery().status().attention()).isEmpty();
  }

  @Test
  void doesNotReachTheDatabaseOutsideATransaction() throws Exception {
    Thread.currentThread().interrupt();
    H2Fixture.insert(ordersSource, 1);
    try (Connection connection = ordersSource.getConnection()) {
      connection.setAutoCommit(false);
      H2Fixture.execute(connection, "INSERT INTO item VALUES(2)");
      connection.commit();
    }

    assertThat(Thread.interrupted()).isTrue();
    assertThat(orders.items()).containsExactly(1, 2);
  }

  /** Another library has let an interrupt through; H2 opens its file anew for who comes next. */
  @Test
  void isSurvivedByTheRuntimeIfItReachedTheDatabaseElsewhere() throws Exception {
    handfast.run(() -> H2Fixture.insert(ordersSource, 1));
    Connection outside = orders.connect();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> H2Fixture.execute(outside, "INSERT INTO item VALUES(1000)"))
        .isInstanceOf(SQLException.class);
    assertThat(Thread.interrupted()).isTrue();

    await()
        .ignoreExceptions()
        .untilAsserted(() -> handfast.run(() -> H2Fixture.insert(ordersSource, 2)));

    assertThat(handfast.recovery().status().attention()).isEmpty();
    assertThat(orders.items()).containsExactly(1, 2);
  }

  @Test
  void tellsThatWorkGetsNoConnectionAlthoughRecoveryDoes() throws Exception {
    handfast.run(() -> H2Fixture.insert(stockSource, 1));
    pg.admin().execute("ALTER ROLE " + pg.name() + " NOLOGIN");
    pg.admin()
        .column(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
                + pg.name()
                + "'");
    await()
        .untilAsserted(
            () -> {
              assertThatThrownBy(() -> handfast.run(() -> H2Fixture.insert(stockSource, 2)))
                  .isInstanceOf(SQLException.class);
              assertThat(handfast.recovery().status().attention())
                  .anySatisfy(
                      text ->
                          assertThat(text)
                              .startsWith("'stock' gives no working connection since ")
                              .contains("To solve this"));
            });
    assertThat(handfast.recovery().status().resources()).allMatch(ResourceStatus::reachable);

    pg.admin().execute("ALTER ROLE " + pg.name() + " LOGIN");
    handfast.run(() -> H2Fixture.insert(stockSource, 3));

    assertThat(handfast.recovery().status().attention()).isEmpty();
    assertThat(pg.items()).containsExactly("1", "3");
  }
}
