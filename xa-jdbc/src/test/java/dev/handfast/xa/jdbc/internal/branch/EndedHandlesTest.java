package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import jakarta.transaction.Synchronization;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left in the hands of a body whose transaction has been ended behind its back. */
final class EndedHandlesTest {

  private final ManualTransactions transactions = new ManualTransactions();
  private final PostgresFixture pg = PostgresFixture.fresh();
  private ResourceManager<DataSource> manager;

  @BeforeEach
  void open() {
    manager =
        pg.open(
            transactions, builder -> builder.maxSize(1).acquisitionTimeout(Duration.ofMillis(500)));
  }

  @AfterEach
  void close() {
    transactions.leave();
    manager.close();
  }

  private record Handles(
      Connection connection,
      PreparedStatement statement,
      ResultSet rows,
      DatabaseMetaData metaData,
      Array array) {

    static Handles of(DataSource source) throws SQLException {
      Connection connection = source.getConnection();
      PreparedStatement statement = connection.prepareStatement("SELECT generate_series(1, 99)");
      statement.setFetchSize(2);
      ResultSet rows = statement.executeQuery();
      assertThat(rows.next()).isTrue();
      ResultSet arrays = connection.createStatement().executeQuery("SELECT ARRAY[1, 2]");
      assertThat(arrays.next()).isTrue();
      return new Handles(connection, statement, rows, connection.getMetaData(), arrays.getArray(1));
    }
  }

  private interface Use {
    void of(Handles handles) throws SQLException;
  }

  private record Named(String name, Use use) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> uses() {
    return Stream.of(
        new Named("read the cursor", all -> all(all.rows())),
        new Named("read a column", all -> all.rows().getInt(1)),
        new Named("describe the rows", all -> all.rows().getMetaData()),
        new Named("execute again", all -> all.statement().executeQuery()),
        new Named("set a limit", all -> all.statement().setMaxRows(1)),
        new Named("ask for warnings", all -> all.statement().getWarnings()),
        new Named("prepare", all -> all.connection().prepareStatement("SELECT 1")),
        new Named("savepoint", all -> all.connection().setSavepoint()),
        new Named("list tables", all -> all.metaData().getTables(null, null, "item", null)),
        new Named("array as rows", all -> all(all.array().getResultSet())));
  }

  private static void all(ResultSet rows) throws SQLException {
    while (rows.next()) {
      assertThat(rows.getInt(1)).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("uses")
  void sayThatItHasEnded(Named named) throws Exception {
    var tx = transactions.begin();
    Handles handles = Handles.of(manager.handle());
    tx.rollback();

    assertThatThrownBy(() -> named.use().of(handles))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(tx.gtrid())
        .hasMessageContaining("is completed")
        .hasMessageContaining("To solve this");
  }

  @Test
  void leadBackToEachOther() throws Exception {
    var tx = transactions.begin();
    Handles handles = Handles.of(manager.handle());

    assertThat(handles.rows().getStatement()).isSameAs(handles.statement());
    assertThat(handles.statement().getConnection()).isSameAs(handles.connection());
    assertThat(handles.metaData().getConnection()).isSameAs(handles.connection());
    try (PreparedStatement statement =
        handles.connection().prepareStatement("SELECT 1 WHERE 2 = ANY(?)")) {
      statement.setArray(1, handles.array());
      assertThat(statement.executeQuery().next()).isTrue();
    }
    tx.rollback();
  }

  @Test
  void doNotVoteOnceRolledBack() throws Exception {
    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 1);
    tx.branch().resource().rollback(tx.branch().xid());

    assertThatThrownBy(() -> tx.branch().resource().prepare(tx.branch().xid()))
        .isInstanceOf(XAException.class)
        .hasMessageContaining("rolled back before");
    tx.complete();
  }

  /** The connection has gone back before the application hears of the end. */
  @Test
  void giveTheConnectionBackBeforeTheApplicationIsTold() throws Exception {
    var told = new ArrayList<Throwable>();
    for (boolean commit : List.of(true, false)) {
      var tx = transactions.begin();
      H2Fixture.insert(manager.handle(), commit ? 1 : 2);
      tx.register(
          new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
              transactions.leave();
              assertThatCode(() -> H2Fixture.insert(manager.handle(), commit ? 11 : 12))
                  .satisfies(e -> told.addAll(e == null ? List.of() : List.of(e)));
            }
          });
      if (commit) {
        tx.commit();
      } else {
        tx.rollback();
      }
    }

    assertThat(told).isEmpty();
    assertThat(pg.items()).containsExactlyElementsOf(Arrays.asList("1", "11", "12"));
  }

  @Test
  void sayThatTheStatementWasReachedByTheEnd() throws Exception {
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection();
        Statement statement = connection.createStatement()) {
      var ended = new Thread(() -> endWhenRunning(tx));
      ended.start();
      assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(tx.gtrid())
          .hasMessageContaining("rolling back");
      ended.join();
    }
  }

  private void endWhenRunning(ManualTransaction tx) {
    await()
        .until(
            () ->
                !pg.admin()
                    .column("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                    .isEmpty());
    try {
      tx.rollback();
    } catch (XAException e) {
      throw new IllegalStateException(e);
    }
  }
}
