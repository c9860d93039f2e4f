package dev.handfast.xa.jdbc.internal.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.fixture.Shop;
import jakarta.transaction.Synchronization;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements of the body in {@code beforeCompletion}, where object-relational mappers flush. */
final class SynchronizationWorkTest {

  @TempDir private Path directory;

  private record Flush(PreparedStatement statement, ResultSet rows, int id)
      implements Synchronization {
    @Override
    public void beforeCompletion() {
      try {
        statement.setInt(1, id);
        statement.executeUpdate();
        assertThat(rows.next()).isTrue();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void afterCompletion(int status) {}
  }

  @ParameterizedTest
  @EnumSource(
      value = Shop.Kind.class,
      names = {"H2", "POSTGRES"})
  void mayBeUsed(Shop.Kind kind) throws Exception {
    try (Shop shop = Shop.open(kind, directory)) {
      shop.run("INSERT INTO item VALUES(0)");
      shop.run("INSERT INTO item VALUES(1)");
      shop.run("INSERT INTO item VALUES(2)");
      var manager = shop.handfast().transactionManager();
      var registry = shop.handfast().synchronizationRegistry();
      manager.begin();
      Connection connection = shop.source().getConnection();
      PreparedStatement statement = connection.prepareStatement("INSERT INTO item VALUES(?)");
      ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM item");
      manager.getTransaction().registerSynchronization(new Flush(statement, rows, 11));
      registry.registerInterposedSynchronization(new Flush(statement, rows, 12));

      manager.commit();

      assertThat(shop.items()).containsExactly(0, 1, 2, 11, 12);
      assertThat(statement.isClosed()).isTrue();
      assertThat(rows.isClosed()).isTrue();
    }
  }
}
