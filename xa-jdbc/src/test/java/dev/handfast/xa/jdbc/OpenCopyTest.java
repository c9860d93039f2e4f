package dev.handfast.xa.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * A COPY that the body leaves open on PostgreSQL keeps the driver's own lock, for which every other
 * call on that connection waits without an end.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class OpenCopyTest {

  private static final String COPY_OUT = "COPY (SELECT generate_series(1, 100000)) TO STDOUT";

  @TempDir private Path directory;
  private final PostgresFixture pg = PostgresFixture.fresh();
  private Handfast handfast;
  private DataSource source;

  @BeforeEach
  void start() {
    JdbcResource orders =
        pg.resource(builder -> builder.maxSize(1).acquisitionTimeout(Duration.ofSeconds(5)));
    handfast =
        Handfast.builder()
            .nodeName("copy-test")
            .logStore(LogStore.file(directory.resolve("log")))
            .resources(orders)
            .recoveryCallTimeout(Duration.ofSeconds(1))
            .start();
    source = handfast.resource(orders);
  }

  @AfterEach
  void close() {
    handfast.close();
  }

  private interface Body {
    void on(Connection connection) throws Exception;
  }

  private void run(Body body) throws Exception {
    handfast
        .transaction(TxType.REQUIRED)
        .timeout(Duration.ofSeconds(1))
        .run(
            () -> {
              try (Connection connection = source.getConnection()) {
                H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
                body.on(connection);
              }
            });
  }

  private static void beginCopyIn(Connection connection) throws SQLException {
    var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY item FROM STDIN");
    byte[] row = "2\n".getBytes(StandardCharsets.US_ASCII);
    copy.writeToCopy(row, 0, row.length);
  }

  private static void beginCopyOut(Connection connection) throws SQLException {
    connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY_OUT).readFromCopy();
  }

  @Test
  void refusesTheVoteAndSaysWhy() throws Exception {
    assertThatThrownBy(() -> run(OpenCopyTest::beginCopyOut))
        .isInstanceOf(RolledBackException.class)
        .hasStackTraceContaining("a COPY is still open")
        .hasStackTraceContaining("To solve this");

    assertNothingIsLeft();
  }

  @Test
  void refusesTheVoteOfACopyIn() throws Exception {
    assertThatThrownBy(() -> run(OpenCopyTest::beginCopyIn))
        .isInstanceOf(RolledBackException.class)
        .hasStackTraceContaining("a COPY is still open");

    assertNothingIsLeft();
  }

  @Test
  void leavesTheBodysExceptionAsItIs() throws Exception {
    var own = new IllegalArgumentException("no");

    assertThatThrownBy(
            () ->
                run(
                    connection -> {
                      beginCopyIn(connection);
                      throw own;
                    }))
        .isSameAs(own);

    assertNothingIsLeft();
  }

  @Test
  void freesABodyThatWaitsForTheCopyInAStatement() throws Exception {
    assertThatThrownBy(
            () ->
                run(
                    connection -> {
                      beginCopyIn(connection);
                      H2Fixture.execute(connection, "INSERT INTO item VALUES(3)");
                    }))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("timed out after 1 s");

    assertThat(Thread.interrupted()).isFalse();
    assertNothingIsLeft();
  }

  @Test
  void freesABodyThatWaitsForTheCopyInACursor() throws Exception {
    assertThatThrownBy(
            () ->
                run(
                    connection -> {
                      try (Statement statement = connection.createStatement()) {
                        statement.setFetchSize(1);
                        ResultSet rows = statement.executeQuery("SELECT generate_series(1, 10)");
                        beginCopyIn(connection);
                        while (rows.next()) {
                          assertThat(rows.getInt(1)).isPositive();
                        }
                      }
                    }))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("timed out after 1 s");

    assertThat(Thread.interrupted()).isFalse();
    assertNothingIsLeft();
  }

  /** Outside a transaction too: the next one must not wait for it. */
  @Test
  void lendsNoConnectionOnWhichACopyIsOpen() throws Exception {
    try (Connection connection = source.getConnection()) {
      beginCopyIn(connection);
    }

    assertNothingIsLeft();
  }

  @Test
  void closesInTimeWithACopyOpenOutsideATransaction() throws Exception {
    Connection leaked = source.getConnection();
    leaked.setAutoCommit(false);
    beginCopyIn(leaked);

    handfast.close();

    assertThat(leaked.isClosed()).isTrue();
  }

  private void assertNothingIsLeft() throws Exception {
    assertThat(pg.items()).isEmpty();
    assertThat(pg.admin().preparedBranches()).isEmpty();
    handfast.run(() -> H2Fixture.insert(source, 100));
    assertThat(pg.items()).containsExactly("100");
  }
}
