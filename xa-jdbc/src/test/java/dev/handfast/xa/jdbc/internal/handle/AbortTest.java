package dev.handfast.xa.jdbc.internal.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.Shop;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An abort that the application asks for. */
final class AbortTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Shop.Kind.class)
  void rollsItsTransactionBackAndDropsTheConnection(Shop.Kind kind) throws Exception {
    var physical = new ArrayList<Connection>();
    try (Shop shop = Shop.open(kind, directory)) {
      assertThatThrownBy(
              () ->
                  shop.handfast()
                      .run(
                          () -> {
                            Connection connection = shop.source().getConnection();
                            physical.add(driver(connection, kind));
                            H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
                            connection.abort(Runnable::run);
                            assertThat(connection.isClosed()).isTrue();
                            assertThatThrownBy(() -> H2Fixture.insert(shop.source(), 2))
                                .hasMessageContaining("called abort()");
                          }))
          .isInstanceOf(RolledBackException.class)
          .hasStackTraceContaining("the application called abort()");

      assertThat(shop.items()).isEmpty();
      assertGone(shop, physical, kind);
    }
  }

  @ParameterizedTest
  @EnumSource(Shop.Kind.class)
  void dropsAConnectionOutsideATransactionToo(Shop.Kind kind) throws Exception {
    var physical = new ArrayList<Connection>();
    try (Shop shop = Shop.open(kind, directory)) {
      Connection connection = shop.source().getConnection();
      physical.add(driver(connection, kind));
      connection.setAutoCommit(false);
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");

      connection.abort(Runnable::run);

      assertThat(connection.isClosed()).isTrue();
      assertGone(shop, physical, kind);
      assertThat(shop.items()).containsExactly(3);
    }
  }

  /** The driver's own type; the pool and its statements would answer for themselves. */
  private static Connection driver(Connection connection, Shop.Kind kind) throws Exception {
    return switch (kind) {
      case H2 -> connection.unwrap(org.h2.jdbc.JdbcConnection.class);
      case POSTGRES -> (Connection) connection.unwrap(org.postgresql.PGConnection.class);
      case DERBY -> connection.unwrap(org.apache.derby.iapi.jdbc.EngineConnection.class);
    };
  }

  private static void assertGone(Shop shop, List<Connection> physical, Shop.Kind kind)
      throws Exception {
    shop.handfast()
        .run(
            () -> {
              try (Connection connection = shop.source().getConnection()) {
                assertThat(driver(connection, kind)).isNotSameAs(physical.get(0));
                H2Fixture.execute(connection, "INSERT INTO item VALUES(3)");
              }
            });
    assertThat(physical.get(0).isClosed()).isTrue();
  }
}
