package dev.handfast.xa.jdbc.internal.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a session votes only in the transaction that its branch began. */
final class H2VoteTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();
  private H2Fixture db;
  private ResourceManager<DataSource> manager;
  private DataSource source;

  /** What H2 calls in the name of an application. */
  public static final class Aliases {

    private Aliases() {}

    /** Commits on the connection that the statement runs on. */
    public static int commits(Connection connection) throws SQLException {
      connection.commit();
      return 1;
    }

    /** Rolls back on it. */
    public static int undoes(Connection connection) throws SQLException {
      connection.rollback();
      return 1;
    }
  }

  @BeforeEach
  void open() throws SQLException {
    db = H2Fixture.in(directory);
    db.run("CREATE ALIAS commits FOR '" + Aliases.class.getName() + ".commits'");
    db.run("CREATE ALIAS undoes FOR '" + Aliases.class.getName() + ".undoes'");
    manager = db.open(transactions, builder -> builder.maxSize(2));
    source = manager.handle();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '~',
      textBlock =
          """
          CALL commits()                           > INSERT INTO item VALUES(2) > 1
          CALL commits()                           > SELECT 1                   > 1
          EXECUTE IMMEDIATE 'COM' || 'MIT'         > INSERT INTO item VALUES(2) > 1
          CALL undoes()                            > INSERT INTO item VALUES(2) >
          CALL undoes()                            > SELECT 1                   >
          EXECUTE IMMEDIATE 'ROLL' || 'BACK'       > INSERT INTO item VALUES(2) >
          """)
  void doesNotVoteInAnotherTransaction(String unseen, String afterwards, Integer stays)
      throws Exception {
    ManualTransaction tx = transactions.begin();
    H2Fixture.insert(source, 1);
    execute(unseen);
    execute(afterwards);

    XAException refusal = catchThrowableOfType(XAException.class, tx::vote);

    assertThat(refusal.errorCode).isEqualTo(XAException.XAER_RMERR);
    assertThat(refusal)
        .hasMessageContaining("ended by a statement of the application")
        .hasMessageContaining("what that committed stays");
    tx.complete();
    assertThat(db.inDoubt()).isEmpty();
    assertThat(db.items()).isEqualTo(stays == null ? List.of() : List.of(stays));
    assertPoolWorks();
  }

  @Test
  void tellsOfARollbackThatSomethingMayStay() throws Exception {
    ManualTransaction tx = transactions.begin();
    H2Fixture.insert(source, 1);
    execute("CALL commits()");
    H2Fixture.insert(source, 2);

    XAException told = catchThrowableOfType(XAException.class, tx::rollback);

    assertThat(told.errorCode).isEqualTo(XAException.XA_HEURHAZ);
    assertThat(told).hasMessageContaining("if that committed anything, it stays");
    tx.complete();
    assertThat(db.items()).containsExactly(1);
    assertPoolWorks();
  }

  @Test
  void rollsBackWhatIsWholeWithoutAWord() throws Exception {
    ManualTransaction tx = transactions.begin();
    H2Fixture.insert(source, 1);

    tx.rollback();

    assertThat(db.items()).isEmpty();
  }

  @Test
  void votesForABranchThatWasNotUsed() throws Exception {
    ManualTransaction tx = transactions.begin();
    source.getConnection().close();

    tx.commit();

    assertThat(db.inDoubt()).isEmpty();
  }

  @Test
  void votesAfterARollbackToASavepoint() throws Exception {
    ManualTransaction tx = transactions.begin();
    H2Fixture.insert(source, 1);
    execute("SAVEPOINT here");
    H2Fixture.insert(source, 2);
    execute("ROLLBACK TO SAVEPOINT here");

    tx.commit();

    assertThat(db.items()).containsExactly(1);
  }

  /** H2 rolls the victim back by itself, and the next statement begins another transaction. */
  @Test
  void doesNotVoteForTheVictimOfADeadlockThatWentOn() throws Exception {
    db.run("INSERT INTO item VALUES(1), (2)");
    db.run("ALTER TABLE item ADD COLUMN note INT");
    var bothHoldOne = new CyclicBarrier(2);
    var pool = Executors.newFixedThreadPool(2);
    try {
      Future<String> one = pool.submit(() -> crosses(1, 2, bothHoldOne));
      Future<String> two = pool.submit(() -> crosses(2, 1, bothHoldOne));

      assertThat(List.of(answer(one), answer(two)))
          .containsExactlyInAnyOrder(
              "committed",
              "XA "
                  + XAException.XA_RBDEADLOCK
                  + ": the branch was the victim of a deadlock, upon which H2 undid all its work"
                  + " (40001); the exception was caught and not passed on");
    } finally {
      pool.shutdownNow();
    }
    assertThat(db.inDoubt()).isEmpty();
    assertThat(db.items()).hasSize(3);
  }

  private String crosses(int first, int second, CyclicBarrier bothHoldOne) throws Exception {
    ManualTransaction tx = transactions.begin();
    try (Connection connection = source.getConnection()) {
      H2Fixture.execute(connection, "UPDATE item SET note = " + first + " WHERE id = " + first);
      bothHoldOne.await();
      try {
        H2Fixture.execute(connection, "UPDATE item SET note = " + first + " WHERE id = " + second);
      } catch (SQLException e) {
        assertThat(e.getSQLState()).isEqualTo("40001");
      }
      H2Fixture.execute(connection, "INSERT INTO item VALUES(" + (10 + first) + ", 0)");
    }
    try {
      tx.commit();
      return "committed";
    } catch (XAException e) {
      tx.complete();
      return "XA " + e.errorCode + ": " + e.getMessage();
    }
  }

  private static String answer(Future<String> call) throws InterruptedException {
    try {
      return call.get();
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = source.getConnection()) {
      H2Fixture.execute(connection, sql);
    }
  }

  private void assertPoolWorks() throws Exception {
    transactions.leave();
    ManualTransaction tx = transactions.begin();
    H2Fixture.insert(source, 100);
    tx.commit();
    assertThat(db.items()).contains(100);
  }
}
