package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.internal.dialect.GenericDialect;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement that has been let through is over before its branch ends. */
final class ConnectionUseTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();

  @Test
  void endsAfterWhatIsRunningAndLetsNothingFollow() throws Exception {
    var tx = transactions.begin();
    var use = use(tx);
    var letThrough = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    try (Connection connection = H2Fixture.in(directory).connect();
        Statement statement = connection.createStatement()) {
      var body =
          new FutureTask<Object>(
              () -> {
                transactions.enter(tx);
                return use.execute(
                    statement,
                    () -> "",
                    () -> {
                      letThrough.countDown();
                      awaitUninterruptibly(goOn);
                      return "done";
                    });
              });
      new Thread(body).start();
      letThrough.await();
      Thread reaper = new Thread(use::end);
      reaper.start();
      await().until(reaper::getState, Thread.State.TIMED_WAITING::equals);

      goOn.countDown();

      reaper.join();
      assertThat(body.get(10, TimeUnit.SECONDS)).isEqualTo("done");
      assertThatThrownBy(() -> use.execute(statement, () -> "", () -> "late"))
          .hasMessageContaining(tx.gtrid());
    }
  }

  @Test
  void goesOnWhenItsBranchIsResumed() throws Exception {
    var tx = transactions.begin();
    var use = use(tx);
    try (Connection connection = H2Fixture.in(directory).connect();
        Statement statement = connection.createStatement()) {
      use.end();

      use.resume();

      assertThat(use.execute(statement, () -> "", () -> "again")).isEqualTo("again");
    }
  }

  /** A call on a large object has no statement that could be cancelled. */
  @Test
  void saysThatWhatHasNoStatementWasNotCancelled() throws Exception {
    var tx = transactions.begin();
    var access = access(Duration.ofMillis(200));
    var use = new ConnectionUse("orders", transactions, tx, access);
    var letThrough = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var body =
        new FutureTask<Object>(
            () -> {
              transactions.enter(tx);
              return use.execute(
                  null,
                  () -> "",
                  () -> {
                    letThrough.countDown();
                    awaitUninterruptibly(goOn);
                    return "done";
                  });
            });
    new Thread(body).start();
    letThrough.await();

    use.end();

    assertThat(access.broken())
        .isEqualTo("a call that cannot be cancelled did not end within 200 ms");
    goOn.countDown();
    body.get(10, TimeUnit.SECONDS);
  }

  /** A driver reads a large object of the same connection while it executes. */
  @Test
  void keepsTheStatementWithinWhichOtherWorkIsDone() throws Exception {
    var tx = transactions.begin();
    var use = use(tx);
    try (Connection connection = H2Fixture.in(directory).connect();
        Statement statement = connection.createStatement()) {
      assertThat(
              use.<Statement>execute(
                  statement,
                  () -> "",
                  () -> {
                    use.execute(null, () -> "", () -> "read");
                    return use.running().statement();
                  }))
          .isSameAs(statement);
      assertThat(use.running().statement()).isNull();
    }
  }

  private ConnectionUse use(ManualTransaction tx) throws SQLException {
    return new ConnectionUse("orders", transactions, tx, access(Duration.ofSeconds(30)));
  }

  private static DriverAccess access(Duration bound) throws SQLException {
    var source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:");
    var dialect = new GenericDialect("orders", source.getClass().getName());
    return new DriverAccess(
        source.getXAConnection(),
        dialect,
        bound,
        new Aliveness(new Health("orders"), System::nanoTime));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
