package dev.handfast.xa.jdbc.internal.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.Shop;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Savepoints by the methods of JDBC, as nested transactions of Spring and jOOQ use them. */
final class SavepointTest {

  @TempDir private Path directory;

  private static void insert(Connection connection, int id) throws SQLException {
    H2Fixture.execute(connection, "INSERT INTO item VALUES(" + id + ")");
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void undoWhatCameAfterThem(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.inTransaction(
          connection -> {
            insert(connection, 1);
            Savepoint first = connection.setSavepoint();
            insert(connection, 2);
            Savepoint named = connection.setSavepoint("a \"name\" of 'its' own; COMMIT");
            insert(connection, 10);
            connection.rollback(named);
            insert(connection, 11);
            connection.releaseSavepoint(named);
            connection.rollback(first);
            insert(connection, 12);
            connection.rollback(first);
            insert(connection, 3);
          });

      assertThat(shop.items()).containsExactly(1, 3);
    }
  }

  /**
   * What a failed statement left is undone too, and the branch is whole again. (Derby, which takes
   * one savepoint at a time in SQL, takes this one.)
   */
  @ParameterizedTest
  @EnumSource(Shop.Kind.class)
  void makeTheBranchWholeAfterAFailure(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.inTransaction(
          connection -> {
            insert(connection, 1);
            Savepoint before = connection.setSavepoint();
            assertThatThrownBy(() -> insert(connection, 1)).isInstanceOf(SQLException.class);
            connection.rollback(before);
            insert(connection, 2);
          });

      assertThat(shop.items()).containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void areRefusedOnceTheyAreGone(Shop.Kind kind) throws Exception {
    var kept = new AtomicReference<Savepoint>();
    try (Shop shop = Shop.open(kind, directory)) {
      shop.inTransaction(
          connection -> {
            Savepoint outer = connection.setSavepoint();
            Savepoint inner = connection.setSavepoint();
            Savepoint other = connection.setSavepoint("other");
            connection.rollback(outer);
            assertThatThrownBy(() -> connection.rollback(inner))
                .hasMessageContaining("Resource 'orders': rollback(Savepoint) is refused")
                .hasMessageContaining("was rolled back over")
                .hasMessageContaining("To solve this");
            assertThatThrownBy(() -> connection.releaseSavepoint(other))
                .hasMessageContaining("other");
            connection.releaseSavepoint(outer);
            assertThatThrownBy(() -> connection.rollback(outer))
                .hasMessageContaining("was released");
            kept.set(connection.setSavepoint());
            insert(connection, 1);
          });
      shop.inTransaction(
          connection -> {
            insert(connection, 2);
            assertThatThrownBy(() -> connection.rollback(kept.get()))
                .hasMessageContaining("was set by another transaction");
          });
      try (Connection outside = shop.source().getConnection()) {
        outside.setAutoCommit(false);
        assertThatThrownBy(() -> outside.rollback(kept.get()))
            .hasMessageContaining("Resource 'orders'");
        insert(outside, 3);
        Savepoint plain = outside.setSavepoint();
        insert(outside, 4);
        outside.rollback(plain);
        outside.commit();
      }

      assertThat(shop.items()).containsExactly(1, 2, 3);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void haveAnIdOrAName(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.inTransaction(
          connection -> {
            Savepoint one = connection.setSavepoint();
            Savepoint two = connection.setSavepoint();
            Savepoint named = connection.setSavepoint("n");
            assertThat(one.getSavepointId()).isNotEqualTo(two.getSavepointId());
            assertThat(named.getSavepointName()).isEqualTo("n");
            assertThatThrownBy(one::getSavepointName).isInstanceOf(SQLException.class);
            assertThatThrownBy(named::getSavepointId).isInstanceOf(SQLException.class);
          });
    }
  }

  /** The server would take them for one. */
  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void areToldApartHoweverTheyAreCalled(Shop.Kind kind) throws Exception {
    String longName = "n".repeat(70);
    try (Shop shop = Shop.open(kind, directory)) {
      shop.inTransaction(
          connection -> {
            Savepoint first = connection.setSavepoint(longName + "1");
            insert(connection, 1);
            connection.setSavepoint(longName + "2");
            insert(connection, 2);
            connection.setSavepoint("same");
            insert(connection, 10);
            connection.setSavepoint("same");
            insert(connection, 11);
            connection.rollback(first);
            insert(connection, 3);
          });

      assertThat(shop.items()).containsExactly(3);
    }
  }
}
