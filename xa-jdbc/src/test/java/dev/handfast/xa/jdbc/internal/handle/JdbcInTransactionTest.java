package dev.handfast.xa.jdbc.internal.handle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.fixture.Shop;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Types;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/** JDBC as people use it, inside a transaction. */
final class JdbcInTransactionTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void executesBatches(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.inTransaction(
          connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO item VALUES(?)");
                Statement more = connection.createStatement()) {
              for (int id = 1; id <= 3; id++) {
                insert.setInt(1, id);
                insert.addBatch();
              }
              assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
              more.addBatch("INSERT INTO item VALUES(4)");
              more.addBatch("INSERT INTO item VALUES(5)");
              assertThat(more.executeLargeBatch()).containsExactly(1, 1);
            }
          });

      assertThat(shop.items()).containsExactly(1, 2, 3, 4, 5);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void answersGeneratedKeys(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.run("CREATE TABLE sale(id INT GENERATED ALWAYS AS IDENTITY, name VARCHAR(9))");
      shop.inTransaction(
          connection -> {
            try (PreparedStatement insert =
                connection.prepareStatement(
                    "INSERT INTO sale(name) VALUES(?)", Statement.RETURN_GENERATED_KEYS)) {
              insert.setString(1, "one");
              insert.executeUpdate();
              ResultSet keys = insert.getGeneratedKeys();
              assertThat(keys.next()).isTrue();
              assertThat(keys.getInt(1)).isEqualTo(1);
              assertThat(keys.getStatement()).isSameAs(insert);
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void calls(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.inTransaction(
          connection -> {
            try (CallableStatement call = connection.prepareCall("{? = call abs(?)}")) {
              call.registerOutParameter(1, Types.INTEGER);
              call.setInt(2, -7);
              call.execute();
              assertThat(call.getInt(1)).isEqualTo(7);
              assertThat(call.getConnection()).isSameAs(connection);
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void readsByCursors(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.inTransaction(
          connection -> {
            try (Statement insert = connection.createStatement()) {
              for (int id : IntStream.rangeClosed(1, 20).toArray()) {
                insert.executeUpdate("INSERT INTO item VALUES(" + id + ")");
              }
            }
            try (Statement statement = connection.createStatement()) {
              statement.setFetchSize(3);
              ResultSet rows = statement.executeQuery("SELECT id FROM item ORDER BY id");
              int read = 0;
              while (rows.next()) {
                assertThat(rows.getInt("id")).isEqualTo(++read);
              }
              assertThat(read).isEqualTo(20);
            }
          });
      assertThat(shop.items()).hasSize(20);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void updatesRowsInPlace(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.run("INSERT INTO item VALUES(1)");
      shop.inTransaction(
          connection -> {
            try (Statement statement =
                    connection.createStatement(
                        ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
              assertThat(rows.next()).isTrue();
              rows.updateInt("id", 8);
              rows.updateRow();
              rows.moveToInsertRow();
              rows.updateInt(1, 9);
              rows.insertRow();
            }
          });

      assertThat(shop.items()).containsExactly(8, 9);
    }
  }

  @Test
  void copiesOnPostgres() throws Exception {
    try (Shop shop = Shop.open(Shop.Kind.POSTGRES, directory)) {
      shop.inTransaction(
          connection ->
              connection
                  .unwrap(PGConnection.class)
                  .getCopyAPI()
                  .copyIn(
                      "COPY item FROM STDIN",
                      new ByteArrayInputStream("1\n2\n".getBytes(US_ASCII))));

      assertThat(shop.items()).containsExactly(1, 2);
    }
  }
}
