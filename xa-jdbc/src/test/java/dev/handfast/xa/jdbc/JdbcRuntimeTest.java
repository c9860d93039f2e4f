package dev.handfast.xa.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import jakarta.transaction.Transactional.TxType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases under the whole runtime. */
final class JdbcRuntimeTest {

  private static final int SIZE = 3;

  @TempDir private Path directory;
  private H2Fixture orders;
  private H2Fixture stock;
  private Handfast handfast;
  private DataSource ordersSource;
  private DataSource stockSource;

  @BeforeEach
  void start() throws Exception {
    orders = H2Fixture.in(Files.createDirectory(directory.resolve("orders")));
    stock = H2Fixture.in(Files.createDirectory(directory.resolve("stock")));
    JdbcResource first =
        orders.resource(builder -> builder.maxSize(SIZE).acquisitionTimeout(Duration.ofSeconds(1)));
    JdbcResource second =
        JdbcResource.named("stock")
            .url(stock.url())
            .username(H2Fixture.USER)
            .password(H2Fixture.PASSWORD)
            .maxSize(SIZE)
            .acquisitionTimeout(Duration.ofSeconds(1))
            .build();
    handfast =
        Handfast.builder()
            .nodeName("jdbc-test")
            .logStore(LogStore.file(directory.resolve("log")))
            .resources(first, second)
            .recoveryPeriod(Duration.ofMillis(500))
            .start();
    ordersSource = handfast.resource(first);
    stockSource = handfast.resource(second);
  }

  @AfterEach
  void close() throws Exception {
    await().untilAsserted(this::poolsAreWhole);
    handfast.close();
    assertThat(orders.inDoubt()).isEmpty();
    assertThat(stock.inDoubt()).isEmpty();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("agroal")));
  }

  @Test
  void commitsBothOrNone() throws Exception {
    handfast.run(
        () -> {
          H2Fixture.insert(ordersSource, 1);
          H2Fixture.insert(stockSource, 1);
        });
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      H2Fixture.insert(ordersSource, 2);
                      H2Fixture.insert(stockSource, 2);
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(orders.items()).containsExactly(1);
    assertThat(stock.items()).containsExactly(1);
  }

  @Test
  void commitsOneAlone() throws Exception {
    handfast.run(() -> H2Fixture.insert(ordersSource, 1));

    assertThat(orders.items()).containsExactly(1);
  }

  @Test
  void keepsAnInterruptUntilAUserTransactionHasCommitted() throws Exception {
    handfast.userTransaction().begin();
    H2Fixture.insert(ordersSource, 1);
    H2Fixture.insert(stockSource, 1);
    Thread.currentThread().interrupt();

    handfast.userTransaction().commit();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(orders.items()).containsExactly(1);
    assertThat(stock.items()).containsExactly(1);
    handfast.run(
        () -> {
          H2Fixture.insert(ordersSource, 2);
          H2Fixture.insert(stockSource, 2);
        });
    assertThat(handfast.recovery().status().attention()).isEmpty();
  }

  @Test
  void suspendsTheOuterTransaction() throws Exception {
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      H2Fixture.insert(ordersSource, 1);
                      handfast
                          .transaction(TxType.REQUIRES_NEW)
                          .run(() -> H2Fixture.insert(ordersSource, 2));
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(orders.items()).containsExactly(2);
  }

  /** As a library does that is not told of the suspension. */
  @Test
  void saysWhoseAConnectionIsThatIsKeptOverASuspension() throws Exception {
    handfast.run(
        () -> {
          try (Connection kept = ordersSource.getConnection()) {
            insert(kept, 1);
            handfast
                .transaction(TxType.REQUIRES_NEW)
                .run(
                    () ->
                        assertThatThrownBy(() -> insert(kept, 2))
                            .isInstanceOf(SQLException.class)
                            .hasMessageMatching(
                                ".* belongs to global transaction [0-9a-f]+, but the calling thread"
                                    + " is in [0-9a-f]+\\. .*")
                            .hasMessageContaining("begun through the API of another library")
                            .hasMessageContaining("REQUIRES_NEW")
                            .hasMessageContaining("close the connection before"));
            insert(kept, 3);
          }
        });

    assertThat(orders.items()).containsExactly(1, 3);
  }

  @Test
  void refusesWorkAfterTheTimeout() throws Exception {
    var refusals = new ArrayList<Exception>();
    var next = new AtomicInteger();

    assertThatThrownBy(
            () ->
                handfast
                    .transaction(TxType.REQUIRED)
                    .timeout(Duration.ofSeconds(1))
                    .run(
                        () -> {
                          try (Connection connection = ordersSource.getConnection()) {
                            while (refusals.isEmpty()) {
                              swallow(refusals, () -> insert(connection, next.incrementAndGet()));
                            }
                          }
                          swallow(refusals, () -> H2Fixture.insert(ordersSource, 1_000_001));
                          swallow(refusals, () -> H2Fixture.insert(stockSource, 1_000_002));
                        }))
        .isInstanceOf(RolledBackException.class);

    assertThat(refusals).hasSize(3);
    assertThat(refusals.get(2)).hasMessageContaining("'stock'").hasMessageContaining("timed out");
    assertThat(orders.items()).isEmpty();
    assertThat(stock.items()).isEmpty();
  }

  @RepeatedTest(5)
  void saysOfACursorThatItsTransactionTimedOut() throws Exception {
    handfast.run(() -> H2Fixture.insert(ordersSource, 1));
    var refusals = new ArrayList<Exception>();

    assertThatThrownBy(
            () ->
                handfast
                    .transaction(TxType.REQUIRED)
                    .timeout(Duration.ofSeconds(1))
                    .run(
                        () -> {
                          try (Connection connection = ordersSource.getConnection();
                              Statement statement = connection.createStatement();
                              ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
                            while (refusals.isEmpty()) {
                              swallow(refusals, () -> readOnceMore(rows));
                            }
                          }
                        }))
        .isInstanceOf(RolledBackException.class);

    assertThat(refusals.get(0))
        .hasMessageContaining("timed out after 1 s")
        .hasMessageContaining("global transaction ");
  }

  private static void readOnceMore(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      rows.getStatement().getWarnings();
    }
  }

  @Test
  void takesBackLeakedConnections() throws Exception {
    var leaked = new ArrayList<Connection>();
    for (int i = 0; i < 2 * SIZE; i++) {
      int id = i;
      handfast.run(
          () -> {
            Connection connection = ordersSource.getConnection();
            insert(connection, id);
            leaked.add(connection);
          });
    }
    assertThat(orders.items()).hasSize(2 * SIZE);
    for (Connection connection : leaked) {
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void namesTheResourceThatRefusedItsVote() throws Exception {
    var lost = new AtomicReference<Integer>();

    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      H2Fixture.insert(stockSource, 1);
                      try (Connection connection = ordersSource.getConnection()) {
                        insert(connection, 1);
                        lost.set(H2Fixture.session(connection));
                      }
                      orders.run("CALL ABORT_SESSION(" + lost.get() + ")");
                    }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("orders");

    assertThat(orders.items()).isEmpty();
    assertThat(stock.items()).isEmpty();
  }

  private interface Step {
    void run() throws SQLException;
  }

  private static void swallow(List<Exception> refusals, Step step) {
    try {
      step.run();
    } catch (SQLException e) {
      refusals.add(e);
    }
  }

  private static void insert(Connection connection, int id) throws SQLException {
    H2Fixture.execute(connection, "INSERT INTO item VALUES(" + id + ")");
  }

  /** Each pool can lend all its connections at once. */
  private void poolsAreWhole() throws SQLException {
    for (DataSource source : List.of(ordersSource, stockSource)) {
      try (Connection one = source.getConnection();
          Connection two = source.getConnection();
          Connection three = source.getConnection()) {
        for (Connection connection : List.of(one, two, three)) {
          assertThat(H2Fixture.session(connection)).isPositive();
        }
      }
    }
  }
}
