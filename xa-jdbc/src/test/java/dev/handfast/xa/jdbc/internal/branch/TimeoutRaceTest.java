package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.HandDriven;
import dev.handfast.xa.spi.ResourceManager;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transaction is rolled back by another thread while its body works on. */
final class TimeoutRaceTest {

  @TempDir private Path directory;
  private final HandDriven transactions = new HandDriven();

  @Test
  void cancelsTheStatementThatHoldsUpTheRollback() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    ResourceManager<DataSource> manager = db.open(transactions);
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection();
        Statement statement = connection.createStatement()) {
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
      var endless = "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 100000000000) WHERE MOD(X, 2) = 3";
      var body = onThread(tx, () -> statement.execute(endless));
      await().until(() -> running(db, "SYSTEM_RANGE"));

      tx.rollback();

      assertThatThrownBy(() -> body.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> statement.execute("INSERT INTO item VALUES(2)"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(db.items()).isEmpty();
    manager.close();
  }

  @Test
  void lendsNothingToABodyThatWorksOn() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    ResourceManager<DataSource> manager = db.open(transactions, builder -> builder.maxSize(1));
    for (int round = 0; round < 200; round++) {
      var tx = transactions.begin();
      Connection connection = manager.handle().getConnection();
      int first = round * 1000;
      var body =
          onThread(
              tx,
              () -> {
                for (int i = 0; i < 1000; i++) {
                  H2Fixture.execute(connection, "INSERT INTO item VALUES(" + (first + i) + ")");
                }
              });
      if (round % 2 == 0) {
        Thread.onSpinWait();
      }

      tx.rollback();

      assertThatThrownBy(() -> body.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SQLException.class);
    }
    assertThat(db.items()).isEmpty();
    manager.close();
  }

  private interface Body {
    void run() throws Exception;
  }

  private CompletableFuture<Void> onThread(HandDriven.Tx tx, Body body) {
    var done = new CompletableFuture<Void>();
    new Thread(
            () -> {
              transactions.enter(tx);
              try {
                body.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              } finally {
                transactions.enter(null);
              }
            })
        .start();
    return done;
  }

  private static boolean running(H2Fixture db, String text) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT EXECUTING_STATEMENT FROM INFORMATION_SCHEMA.SESSIONS"
                    + " WHERE SESSION_ID <> SESSION_ID()")) {
      while (rows.next()) {
        if (String.valueOf(rows.getString(1)).contains(text)) {
          return true;
        }
      }
      return false;
    }
  }
}
