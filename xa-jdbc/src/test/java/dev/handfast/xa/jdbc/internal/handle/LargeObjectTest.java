package dev.handfast.xa.jdbc.internal.handle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.jdbc.fixture.Shop;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import jakarta.transaction.Synchronization;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large objects are read and written over the connection, piece by piece. */
final class LargeObjectTest {

  private static final String NEW = "INSERT INTO picture VALUES(1, lo_from_bytea(0, 'old'))";

  @TempDir private Path directory;

  private static Blob picture(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("SELECT pixels FROM picture WHERE id = 1");
    assertThat(rows.next()).isTrue();
    return rows.getBlob(1);
  }

  private static String read(DataSource source) throws Exception {
    try (Connection connection = source.getConnection()) {
      Blob blob = picture(connection);
      try (InputStream bytes = blob.getBinaryStream()) {
        return new String(bytes.readAllBytes(), US_ASCII);
      }
    }
  }

  private static void onPostgres(Path directory, Work work) throws Exception {
    try (Shop shop = Shop.open(Shop.Kind.POSTGRES, directory)) {
      shop.run("CREATE TABLE picture(id INT PRIMARY KEY, pixels OID)");
      shop.run(NEW);
      work.on(shop);
    }
  }

  private interface Work {
    void on(Shop shop) throws Exception;
  }

  /** The driver keeps what is written until somebody flushes. */
  @Test
  void areWrittenInFullThoughTheirStreamIsLeftOpen() throws Exception {
    onPostgres(
        directory,
        shop -> {
          shop.handfast()
              .run(
                  () -> {
                    Connection connection = shop.source().getConnection();
                    OutputStream bytes = picture(connection).setBinaryStream(1);
                    for (byte b : "new and longer".getBytes(US_ASCII)) {
                      bytes.write(b);
                    }
                  });

          assertThat(shop.handfast().call(() -> read(shop.source()))).isEqualTo("new and longer");
        });
  }

  @Test
  void areWrittenInFullByASynchronizationToo() throws Exception {
    onPostgres(
        directory,
        shop -> {
          shop.handfast()
              .run(
                  () -> {
                    Connection connection = shop.source().getConnection();
                    OutputStream bytes = picture(connection).setBinaryStream(1);
                    shop.handfast()
                        .synchronizationRegistry()
                        .registerInterposedSynchronization(new Late(bytes));
                  });

          assertThat(shop.handfast().call(() -> read(shop.source()))).isEqualTo("Xld");
        });
  }

  private record Late(OutputStream bytes) implements Synchronization {
    @Override
    public void beforeCompletion() {
      try {
        bytes.write('X');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void afterCompletion(int status) {}
  }

  @Test
  void refuseWhatCameTooLate() throws Exception {
    var transactions = new ManualTransactions();
    var pg = PostgresFixture.fresh();
    pg.owner().execute("CREATE TABLE picture(id INT PRIMARY KEY, pixels OID)");
    pg.owner().execute(NEW);
    var manager = pg.open(transactions, builder -> builder.maxSize(1));
    var tx = transactions.begin();
    Blob blob = picture(manager.handle().getConnection());
    OutputStream written = blob.setBinaryStream(1);
    OutputStream untouched = blob.setBinaryStream(1);
    InputStream read = blob.getBinaryStream();
    written.write('X');

    tx.rollback();

    assertThatThrownBy(written::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(tx.gtrid())
        .hasMessageContaining("To solve this");
    assertThatThrownBy(written::flush).hasMessageContaining(tx.gtrid());
    assertThatThrownBy(() -> untouched.write('Y')).hasMessageContaining(tx.gtrid());
    assertThatThrownBy(read::read).hasMessageContaining(tx.gtrid());
    assertThatThrownBy(blob::length).hasMessageContaining(tx.gtrid());
    assertThatCode(untouched::close).doesNotThrowAnyException();
    assertThatCode(read::close).doesNotThrowAnyException();
    assertThatCode(blob::free).doesNotThrowAnyException();
    manager.close();
  }

  @Test
  void countAsWorkAndWhatOnlyDescribesDoesNot() throws Exception {
    var transactions = new ManualTransactions();
    var pg = PostgresFixture.fresh();
    pg.owner().execute("CREATE TABLE picture(id INT PRIMARY KEY, pixels OID)");
    pg.owner().execute(NEW);
    var manager = pg.open(transactions, builder -> builder.maxSize(1));
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      assertThat(connection.getMetaData().supportsSavepoints()).isTrue();
      assertThat(connection.createArrayOf("text", new Object[] {"a"})).isNotNull();
      assertThat(tx.lastDone()).isEmpty();
      assertThat(connection.getMetaData().getTables(null, null, "item", null).next()).isTrue();
      assertThat(tx.lastDone()).isEqualTo("getTables");
      Blob blob = picture(connection);
      assertThat(tx.lastDone()).isEqualTo("SELECT pixels FROM");
      assertThat(blob.length()).isEqualTo(3);
      assertThat(tx.lastDone()).isEqualTo("read of a large object");
    }
    tx.rollback();
    manager.close();
  }

  @Test
  void goIntoRowsOnH2() throws Exception {
    var kept = new AtomicReference<Clob>();
    try (Shop shop = Shop.open(Shop.Kind.H2, directory)) {
      shop.run("CREATE TABLE picture(id INT PRIMARY KEY, pixels BLOB, title CLOB)");
      shop.handfast()
          .run(
              () -> {
                try (Connection connection = shop.source().getConnection();
                    PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO picture VALUES(1, ?, ?)")) {
                  Blob blob = connection.createBlob();
                  try (OutputStream bytes = blob.setBinaryStream(1)) {
                    bytes.write("pixels".getBytes(US_ASCII));
                  }
                  Clob clob = connection.createClob();
                  try (var text = clob.setCharacterStream(1)) {
                    text.write("title");
                  }
                  insert.setBlob(1, blob);
                  insert.setClob(2, clob);
                  insert.executeUpdate();
                }
              });
      shop.handfast()
          .run(
              () -> {
                try (Connection connection = shop.source().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT pixels, title FROM picture")) {
                  assertThat(rows.next()).isTrue();
                  assertThat(rows.getBlob(1).getBytes(1, 6)).isEqualTo("pixels".getBytes(US_ASCII));
                  assertThat(rows.getClob(2).getSubString(1, 5)).isEqualTo("title");
                  kept.set(rows.getClob(2));
                }
              });
      assertThatThrownBy(() -> kept.get().length()).hasMessageContaining("global transaction");
    }
  }
}
