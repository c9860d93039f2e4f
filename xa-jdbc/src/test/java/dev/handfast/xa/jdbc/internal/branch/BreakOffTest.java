package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.BreakableXaResource;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.network.TcpProxy;
import jakarta.transaction.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** A call into the driver that does not end is ended by another thread. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class BreakOffTest {

  private static final Duration BOUND = Duration.ofSeconds(1);

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions(BOUND);
  private ResourceManager<DataSource> manager;

  @AfterEach
  void close() {
    transactions.leave();
    if (manager != null) {
      manager.close();
    }
  }

  private PostgresFixture postgres() {
    PostgresFixture pg = PostgresFixture.fresh();
    manager = pg.open(transactions, builder -> builder.maxSize(1));
    return pg;
  }

  /**
   * Runs a call on a thread of its own, and answers its error code and whether it is interrupted.
   */
  private static FutureTask<String> onThread(Callable<?> call) {
    var task =
        new FutureTask<>(
            () -> {
              String end = "ended";
              try {
                call.call();
              } catch (XAException e) {
                end = "XA " + e.errorCode;
              } catch (SQLException e) {
                end = "SQL " + e.getSQLState();
              }
              return end + (Thread.interrupted() ? ", interrupted" : "");
            });
    new Thread(task, "caller").start();
    return task;
  }

  private static String end(FutureTask<String> task) throws Exception {
    return task.get(30, TimeUnit.SECONDS);
  }

  private static BreakableXaResource resource(ManualTransaction tx) {
    return (BreakableXaResource) tx.branch().resource();
  }

  private static void awaitInDriver(String method) {
    await()
        .until(
            () ->
                Thread.getAllStackTraces().entrySet().stream()
                    .filter(each -> each.getKey().getName().equals("caller"))
                    .flatMap(each -> Arrays.stream(each.getValue()))
                    .anyMatch(frame -> frame.getMethodName().equals(method)));
  }

  private static void assertBroken(ManualTransaction tx) {
    XAResource resource = resource(tx);
    for (var call :
        List.<Callable<String>>of(
            () -> {
              resource.prepare(tx.xid());
              return "";
            },
            () -> {
              resource.commit(tx.xid(), false);
              return "";
            },
            () -> {
              resource.rollback(tx.xid());
              return "";
            })) {
      assertThatThrownBy(call::call)
          .isInstanceOfSatisfying(
              XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XAER_RMFAIL))
          .hasMessageContaining("broken off");
    }
  }

  private void assertPoolWorks() throws Exception {
    transactions.leave();
    transactions.committed(() -> H2Fixture.insert(manager.handle(), 100));
  }

  @Test
  void aOnePhaseCommitOverAConnectionThatWasBrokenOffIsARollback() throws Exception {
    PostgresFixture pg = postgres();
    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 1);
    tx.branch().end(XAResource.TMSUCCESS);
    resource(tx).breakOff();

    assertThatThrownBy(tx::commitInOnePhase)
        .isInstanceOfSatisfying(
            XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XA_RBCOMMFAIL))
        .hasMessageContaining("broken off");

    tx.complete(Status.STATUS_ROLLEDBACK);
    assertPoolWorks();
    assertThat(pg.items()).containsExactly("100");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"COPY item FROM STDIN", "COPY (SELECT generate_series(1, 9999)) TO STDOUT"})
  void endsAVoteThatWaitsForAnOpenCopy(String copy) throws Exception {
    PostgresFixture pg = postgres();
    var tx = transactions.begin();
    Connection connection = manager.handle().getConnection();
    H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
    PGConnection driver = connection.unwrap(PGConnection.class);
    resource(tx).end(tx.xid(), XAResource.TMSUCCESS);
    open(driver, copy);
    var vote = onThread(() -> resource(tx).prepare(tx.xid()));
    awaitInDriver("waitOnLock");

    resource(tx).breakOff();

    assertThat(end(vote)).isEqualTo("XA " + XAException.XAER_RMFAIL);
    assertBroken(tx);
    tx.complete();
    assertThat(pg.admin().preparedBranches()).isEmpty();
    assertPoolWorks();
    assertThat(pg.items()).containsExactly("100");
  }

  private static void open(PGConnection driver, String copy) throws SQLException {
    if (copy.endsWith("STDIN")) {
      driver.getCopyAPI().copyIn(copy);
    } else {
      driver.getCopyAPI().copyOut(copy).readFromCopy();
    }
  }

  @Test
  void endsAStatementThatWaitsForAnOpenCopy() throws Exception {
    PostgresFixture pg = postgres();
    var tx = transactions.begin();
    Connection connection = manager.handle().getConnection();
    open(connection.unwrap(PGConnection.class), "COPY item FROM STDIN");
    var statement =
        onThread(
            () -> {
              transactions.enter(tx);
              H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
              return null;
            });
    awaitInDriver("waitOnLock");

    resource(tx).breakOff();

    assertThat(end(statement)).isEqualTo("SQL 08003");
    assertThatThrownBy(() -> H2Fixture.execute(connection, "INSERT INTO item VALUES(2)"))
        .hasMessageContaining("broken off");
    tx.complete();
    assertPoolWorks();
    assertThat(pg.items()).containsExactly("100");
  }

  @Test
  void keepsTheInterruptThatWasPending() throws Exception {
    postgres();
    var tx = transactions.begin();
    Connection connection = manager.handle().getConnection();
    PGConnection driver = connection.unwrap(PGConnection.class);
    resource(tx).end(tx.xid(), XAResource.TMSUCCESS);
    open(driver, "COPY item FROM STDIN");
    var vote =
        onThread(
            () -> {
              Thread.currentThread().interrupt();
              return resource(tx).prepare(tx.xid());
            });
    awaitInDriver("waitOnLock");

    resource(tx).breakOff();

    assertThat(end(vote)).isEqualTo("XA " + XAException.XAER_RMFAIL + ", interrupted");
    tx.complete();
    assertPoolWorks();
  }

  @Test
  void endsACommitThatTheNetworkHoldsUp() throws Exception {
    PostgresFixture pg = PostgresFixture.fresh();
    try (TcpProxy network = TcpProxy.to("127.0.0.1", pg.server().port()).start()) {
      manager = open(pg, network);
      var tx = transactions.begin();
      H2Fixture.insert(manager.handle(), 1);
      tx.vote();
      network.drop();
      var commit =
          onThread(
              () -> {
                resource(tx).commit(tx.xid(), false);
                return null;
              });
      awaitInDriver("executeInternal");

      resource(tx).breakOff();
      resource(tx).breakOff();

      assertThat(end(commit)).isEqualTo("XA " + XAException.XAER_RMFAIL);
      assertBroken(tx);
      tx.complete();
      network.resume();
      manager.recoveryResource().commit(tx.xid(), false);
      assertPoolWorks();
      assertThat(pg.items()).containsExactly("1", "100");
    }
  }

  private ResourceManager<DataSource> open(PostgresFixture pg, TcpProxy network) {
    return JdbcResource.named("orders")
        .url("jdbc:postgresql://127.0.0.1:" + network.port() + "/" + pg.name())
        .username(pg.name())
        .password(PostgresFixture.PASSWORD)
        .maxSize(1)
        .build()
        .open(transactions);
  }

  /** The statement of another thread does not even hear of its cancel. */
  @Test
  void rollsBackWithinItsBoundWhileTheNetworkHoldsUpAStatement() throws Exception {
    PostgresFixture pg = PostgresFixture.fresh();
    try (TcpProxy network = TcpProxy.to("127.0.0.1", pg.server().port()).start()) {
      manager = open(pg, network);
      var tx = transactions.begin();
      Connection connection = manager.handle().getConnection();
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
      network.stall();
      var statement =
          onThread(
              () -> {
                transactions.enter(tx);
                H2Fixture.execute(connection, "INSERT INTO item VALUES(2)");
                return null;
              });
      awaitInDriver("executeInternal");

      assertThat(
              end(
                  onThread(
                      () -> {
                        tx.rollback();
                        return null;
                      })))
          .isEqualTo("XA " + XAException.XAER_RMFAIL);

      assertThat(end(statement)).isEqualTo("SQL 25000");
      network.resume();
      assertPoolWorks();
      assertThat(pg.items()).containsExactly("100");
    }
  }

  @Test
  void closesWithinItsBoundWhileTheServerIsStopped() throws Exception {
    PostgresFixture pg = PostgresFixture.fresh();
    try (TcpProxy network = TcpProxy.to("127.0.0.1", pg.server().port()).start()) {
      manager = open(pg, network);
      Connection leaked = manager.handle().getConnection();
      leaked.setAutoCommit(false);
      H2Fixture.execute(leaked, "INSERT INTO item VALUES(1)");
      H2Fixture.list(manager.recoveryResource());
      network.stall();

      assertThat(
              end(
                  onThread(
                      () -> {
                        manager.close();
                        return null;
                      })))
          .isEqualTo("ended");
    }
    manager = null;
  }

  /** H2 does not hear of a cancel while a function of the application runs. */
  @Test
  void rollsBackWithinItsBoundWhileH2DoesNotEndAStatement() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    db.run("CREATE ALIAS NAP FOR 'java.lang.Thread.sleep(long)'");
    manager = db.open(transactions, builder -> builder.maxSize(1));
    var tx = transactions.begin();
    Connection connection = manager.handle().getConnection();
    H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
    var statement =
        onThread(
            () -> {
              transactions.enter(tx);
              try (Statement nap = connection.createStatement()) {
                return nap.execute("CALL NAP(4000)");
              }
            });
    awaitInDriver("sleep");

    assertThat(
            end(
                onThread(
                    () -> {
                      tx.rollback();
                      return null;
                    })))
        .isEqualTo("XA " + XAException.XAER_RMFAIL);

    assertThat(statement.isDone()).isFalse();
    assertThat(end(statement)).isEqualTo("ended");
    assertThatThrownBy(() -> H2Fixture.execute(connection, "INSERT INTO item VALUES(2)"))
        .hasMessageContaining(tx.gtrid());
    assertPoolWorks();
    assertThat(db.items()).containsExactly(100);
  }

  /** Its branch would be lost with the connection. */
  @Test
  void keepsAConnectionOfH2ThatHoldsAVote() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    manager = db.open(transactions, builder -> builder.maxSize(1));
    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 1);
    tx.vote();

    resource(tx).breakOff();

    tx.decide();
    tx.complete();
    assertPoolWorks();
    assertThat(db.items()).containsExactly(1, 100);
  }
}
