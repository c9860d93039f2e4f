package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.crash.CrashStep;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A transaction is rolled back by another thread while its body works on. */
final class TimeoutRaceTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();

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

  private enum Step implements CrashStep {
    /** A statement has been let through and is not executed yet. */
    LET_THROUGH(ConnectionUse.class, "METHOD execute\nAFTER INVOKE ConnectionUse.check"),
    /** The application's use of the connection has ended, its branch has not. */
    USE_ENDED(JdbcXaResource.class, "METHOD end\nAFTER INVOKE ConnectionUse.end"),
    /** The branch is rolled back, the connection is not given back yet. */
    ROLLED_BACK(JdbcXaResource.class, "METHOD rollback\nAT EXIT");

    private final String place;

    Step(Class<?> type, String place) {
      this.place = "CLASS " + type.getName() + "\n" + place;
    }

    @Override
    public String place() {
      return place;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LET_THROUGH, work, roll back, waits, refused after 1, rolled back",
    "USE_ENDED, roll back, work, refused after 0, rolled back, refused after 0",
    "ROLLED_BACK, roll back, work, refused after 0, rolled back, refused after 0"
  })
  void lendsNothingToABodyThatWorksOn(
      Step step, String first, String second, String meanwhile, String firstEnd, String secondEnd)
      throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    try (CrashJvm process =
        CrashJvm.of(RollbackRaceMain.class)
            .steps(Step.values())
            .arguments(db.url())
            .start(directory.resolve("child"))) {
      assertThat(process.awaitAnswer()).isEqualTo("begun");
      process.stopAt(step, 1);
      process.say(first);
      process.awaitStop();

      process.say(second);

      assertThat(process.awaitAnswer()).isEqualTo(meanwhile);
      process.goOn();
      assertThat(process.awaitAnswer()).isEqualTo(firstEnd);
      assertThat(process.awaitAnswer()).isEqualTo(secondEnd);
      assertThat(process.awaitAnswer()).isEqualTo("lent again");
    }
    assertThat(db.items()).isEmpty();
  }

  private interface Body {
    void run() throws Exception;
  }

  private CompletableFuture<Void> onThread(ManualTransaction tx, Body body) {
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
                transactions.leave();
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
