package dev.handfast.xa.jdbc.internal.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.Shop;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Isolation and access mode inside a transaction. */
final class TransactionModesTest {

  @TempDir private Path directory;

  @Test
  void areThoseOfOneTransactionOnPostgres() throws Exception {
    try (Shop shop = Shop.open(Shop.Kind.POSTGRES, directory)) {
      shop.handfast()
          .run(
              () -> {
                try (Connection connection = shop.source().getConnection()) {
                  connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                  connection.setReadOnly(true);
                  assertThat(connection.isReadOnly()).isTrue();
                  assertThat(isolation(connection)).isEqualTo("serializable");
                  assertThat(connection.getTransactionIsolation())
                      .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                  assertThatThrownBy(() -> connection.setReadOnly(false))
                      .isInstanceOf(SQLException.class);
                }
              });
      for (int i = 0; i < 3; i++) {
        int id = i;
        shop.handfast()
            .run(
                () -> {
                  try (Connection connection = shop.source().getConnection()) {
                    assertThat(isolation(connection)).isEqualTo("read committed");
                    assertThat(connection.isReadOnly()).isFalse();
                    H2Fixture.execute(connection, "INSERT INTO item VALUES(" + id + ")");
                  }
                });
      }
      assertThat(shop.items()).containsExactly(0, 1, 2);
    }
  }

  private static String isolation(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW transaction_isolation")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void comeTooLateAfterTheFirstStatementOnPostgres() throws Exception {
    try (Shop shop = Shop.open(Shop.Kind.POSTGRES, directory)) {
      shop.handfast()
          .run(
              () -> {
                try (Connection connection = shop.source().getConnection()) {
                  H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
                  assertThatThrownBy(
                          () ->
                              connection.setTransactionIsolation(
                                  Connection.TRANSACTION_SERIALIZABLE))
                      .hasMessageContaining("Resource 'orders': setTransactionIsolation(8)")
                      .hasMessageContaining("before the first statement")
                      .hasMessageContaining("To solve this");
                  connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                  connection.setReadOnly(true);
                  assertThatThrownBy(() -> connection.setReadOnly(false))
                      .hasMessageContaining("setReadOnly(false) is refused");
                }
              });
      assertThat(shop.items()).containsExactly(1);
    }
  }

  @Test
  void keepAWriterOutOfAReadOnlyTransactionOnPostgres() throws Exception {
    try (Shop shop = Shop.open(Shop.Kind.POSTGRES, directory)) {
      assertThatThrownBy(
              () ->
                  shop.handfast()
                      .run(
                          () -> {
                            try (Connection connection = shop.source().getConnection()) {
                              connection.setReadOnly(true);
                              assertThatThrownBy(() -> H2Fixture.insert(shop.source(), 1))
                                  .hasMessageContaining("read-only transaction");
                            }
                          }))
          .isInstanceOf(RolledBackException.class);
      assertThat(shop.items()).isEmpty();
    }
  }

  /** H2 would commit the branch. */
  @Test
  void areRefusedWithTheReasonOnH2() throws Exception {
    try (Shop shop = Shop.open(Shop.Kind.H2, directory)) {
      assertThatThrownBy(
              () ->
                  shop.handfast()
                      .run(
                          () -> {
                            try (Connection connection = shop.source().getConnection()) {
                              H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
                              connection.setTransactionIsolation(
                                  connection.getTransactionIsolation());
                              connection.setReadOnly(true);
                              connection.setTransactionIsolation(
                                  Connection.TRANSACTION_SERIALIZABLE);
                            }
                          }))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Resource 'orders': setTransactionIsolation(8) is refused")
          .hasMessageContaining("H2 would commit")
          .hasMessageContaining("To solve this");
      assertThat(shop.items()).isEmpty();
    }
  }
}
