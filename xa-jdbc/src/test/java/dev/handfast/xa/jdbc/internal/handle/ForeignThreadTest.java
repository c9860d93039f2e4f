package dev.handfast.xa.jdbc.internal.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.Shop;
import jakarta.transaction.Transactional.TxType;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A transaction belongs to its thread, and so does what was reached in it. */
final class ForeignThreadTest {

  @TempDir private Path directory;

  private interface Use {
    void run() throws Exception;
  }

  private static void onAnotherThread(Use use) throws Exception {
    var task =
        new FutureTask<>(
            () -> {
              use.run();
              return true;
            });
    new Thread(task).start();
    task.get(30, TimeUnit.SECONDS);
  }

  private static Map<String, Use> uses(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement("SELECT ARRAY[1], 2 WHERE 1 = ?");
    statement.setInt(1, 1);
    ResultSet rows = statement.executeQuery();
    assertThat(rows.next()).isTrue();
    Array array = rows.getArray(1);
    var metaData = connection.getMetaData();
    ResultSet tables = metaData.getTables(null, null, "%", null);
    var uses = new LinkedHashMap<String, Use>();
    uses.put("prepare", () -> connection.prepareStatement("SELECT 1"));
    uses.put("execute", statement::executeQuery);
    uses.put("set a parameter", () -> statement.setInt(1, 2));
    uses.put("unwrap", () -> driver(connection));
    uses.put("next", rows::next);
    uses.put("read a column", () -> rows.getInt(2));
    uses.put("read an array", array::getArray);
    uses.put("array as rows", array::getResultSet);
    uses.put("columns", rows::getMetaData);
    uses.put("ask for tables", () -> metaData.getTables(null, null, "%", null));
    uses.put("read tables", tables::next);
    return uses;
  }

  private static Connection driver(Connection connection) throws SQLException {
    return connection.isWrapperFor(org.h2.jdbc.JdbcConnection.class)
        ? connection.unwrap(org.h2.jdbc.JdbcConnection.class)
        : (Connection) connection.unwrap(org.postgresql.PGConnection.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void isRefusedWhateverItUses(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.handfast()
          .run(
              () -> {
                Connection connection = shop.source().getConnection();
                for (var each : uses(connection).entrySet()) {
                  onAnotherThread(
                      () ->
                          assertThatThrownBy(each.getValue()::run)
                              .as(each.getKey())
                              .isInstanceOf(SQLException.class)
                              .hasMessageContaining("belongs to global transaction")
                              .hasMessageContaining("is in none"));
                  onAnotherThread(
                      () ->
                          shop.handfast()
                              .run(
                                  () ->
                                      assertThatThrownBy(each.getValue()::run)
                                          .as(each.getKey())
                                          .hasMessageContaining("belongs to global")));
                }
              });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void hasAConnectionOfItsOwnThatCommitsByItself(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      assertThatThrownBy(
              () ->
                  shop.handfast()
                      .run(
                          () -> {
                            H2Fixture.insert(shop.source(), 1);
                            onAnotherThread(() -> H2Fixture.insert(shop.source(), 2));
                            throw new IllegalArgumentException("no");
                          }))
          .isInstanceOf(IllegalArgumentException.class);

      assertThat(shop.items()).containsExactly(2);
    }
  }

  /** The rows of the outer one are still there to be read. */
  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void mayReadOnInATransactionWithinTheOneOfItsRows(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.run("INSERT INTO item VALUES(1)");
      shop.handfast()
          .run(
              () -> {
                try (Connection connection = shop.source().getConnection();
                    PreparedStatement statement =
                        connection.prepareStatement("SELECT id FROM item");
                    ResultSet rows = statement.executeQuery()) {
                  assertThat(rows.next()).isTrue();
                  shop.handfast()
                      .transaction(TxType.REQUIRES_NEW)
                      .run(
                          () -> {
                            H2Fixture.insert(shop.source(), rows.getInt(1) + 1);
                            assertThatThrownBy(statement::executeQuery)
                                .hasMessageContaining("belongs to global transaction");
                          });
                }
              });

      assertThat(shop.items()).containsExactly(1, 2);
    }
  }
}
